internal import Core
internal import HTML
public import Primitives

extension ImportReport {
    /// The report as one file that a browser shows and a printer prints, without the portal.
    /// - Parameter source: what was read, in the heading.
    public func page(of source: String, _ t: Voice) -> String {
        let title = t(isRehearsal ? "importing.rehearsalTitle" : "importing.runTitle", ["source": .text(source)])
        let head = group {
            ReportPage.meta
            element("title", [], HTML(title))
            element("style", [], ReportPage.style)
        }
        let body = main {
            h1 { title }
            p { t(isRehearsal ? "importing.nothingChanged" : "importing.done") }
            ReportView(report: ReadReport(json), t: t).body
        }
        let page = element("html", [.lang(t.language.rawValue)], element("head", [], head) + element("body", [], body))
        return "<!doctype html>\n\(page.text)\n"
    }
}

private enum ReportPage {
    static let meta = HTML(
        trusted: """
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
            <meta name="color-scheme" content="light dark">
            """)
    static let style = HTML(
        trusted: """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
            body{margin:0}main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem}\
            h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem;margin:2rem 0 .5rem}\
            table{border-collapse:collapse;width:100%}caption.unseen{position:absolute;clip-path:inset(50%)}\
            th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8886;vertical-align:top}\
            .number{text-align:right;font-variant-numeric:tabular-nums}\
            details{border-bottom:1px solid #8886;padding:.35rem 0}summary{cursor:pointer}\
            .tag{font-size:.85em;font-weight:600}code{font-size:.9em}li,td,th{overflow-wrap:anywhere}\
            .soft{opacity:.75}\
            @media (max-width:40rem){table,tbody,tr,td,tbody th{display:block}thead{position:absolute;clip-path:inset(50%)}\
            td,tbody th{border:0;padding:.1rem 0;text-align:left}tr{border-bottom:1px solid #8886;padding:.4rem 0}\
            td[data-label]::before{content:attr(data-label)": ";opacity:.75}}\
            @media print{details::details-content{content-visibility:visible;block-size:auto}h2{break-after:avoid}tr,li{break-inside:avoid}}
            """)
}
