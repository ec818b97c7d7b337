import Foundation
import HTML
import Testing

/// Sample pages with every component in them. With `GALLERY` set they are written to a folder, to be looked at.
enum Gallery {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var testDescription: String { name }
    }

    static let pages: [Sample] = [
        sample("home", homePage), sample("dashboard", dashboard), sample("case", casePage), sample("form", formPage),
        sample("desk", desk), sample("guide", guide), sample("long", longNames),
    ]

    private static func sample(_ name: String, _ change: (inout Page) -> Void) -> Sample {
        var page = Page(
            title: "\(name) · Groundwork", cityLine: "City of Boulder · Planning & Development Services",
            siteName: "Groundwork", home: place("home.html"),
            navigation: [
                NavigationItem(title: "Apply", link: place()), NavigationItem(title: "Search records", link: place()),
                NavigationItem(title: "Inspections today", link: place()), NavigationItem(title: "Pay", link: place()),
            ],
            languageSwitch: LanguageSwitch(title: "Español", language: "es", link: place()),
            help: NavigationItem(title: "Help and contacts", link: place()),
            signIn: NavigationItem(title: "Sign in", link: place()), content: .empty,
            footer: group {
                p {
                    "Questions? "
                    a(place()) { "Ask us" }
                    ", or call 303-555-0188 at any hour."
                }
                p(.class("soft")) {
                    a(place()) { "Accessibility" }
                    " · "
                    a(place()) { "Privacy" }
                }
            }, stylesheet: place("groundwork.css"), icon: place("icon.svg"))
        change(&page)
        return Sample(name: name, text: document(page))
    }

    static func account(_ name: String) -> AccountMenu {
        AccountMenu(
            title: "Account menu", shortTitle: "Account", name: name,
            items: [
                NavigationItem(title: "My cases", link: place(), isCurrent: true),
                NavigationItem(title: "My account", link: place()),
            ], signOut: form(.method("post")) { submitButton("Sign out", quiet: true) })
    }
}

@Suite struct GalleryTests {
    @Test(arguments: Gallery.pages)
    func aPageIsSoundMarkup(_ sample: Gallery.Sample) {
        let markup = Markup(sample.text)
        #expect(markup.faults == [])
        #expect(markup.all("h1").count == 1)
        #expect(markup.all("main").count == 1)
    }

    /// `GALLERY=1 swift test --filter GalleryTests` writes the pages; each loads the stylesheet beside it.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["GALLERY"] != nil))
    func writeTheGallery() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "groundwork-gallery")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for page in Gallery.pages {
            let text = page.text.replacing("href=\"/", with: "href=\"")
            try text.write(to: folder.appending(path: "\(page.name).html"), atomically: true, encoding: .utf8)
        }
    }
}
