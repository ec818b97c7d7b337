internal import HTML
internal import Primitives

/// A report for people: rows of each file, who can sign in, what names became, and every problem with its first hundred rows. The
/// same on the staff page and on the page that `--report FILE.html` writes. Reasons are English: they tell a clerk what to do
/// with an English export.
struct ReportView {
    let report: ReadReport
    let t: Voice

    var body: HTML {
        group {
            h2 { t("importing.files") }
            files
            if report.canSignIn > 0 || !report.cannotSignIn.isEmpty {
                h2 { t("importing.signIn") }
                signIn
            }
            if report.parentsLinked > 0 || report.parentsMissingCount > 0 {
                h2 { t("importing.parents") }
                parents
            }
            for list in report.names {
                h2 { title(list.kind) }
                names(list.names, title(list.kind))
            }
            for file in report.files where !file.problems.isEmpty {
                h2 { t("importing.problems", ["file": .text(file.name)]) }
                for problem in file.problems { view(problem) }
            }
            for name in report.notRead { p { t("importing.notRead", ["file": .text(name)]) } }
        }
    }

    private var files: HTML {
        let counts: [WordKey] = [
            "importing.read", "importing.imported", "importing.updated", "importing.unchanged", "importing.refused",
            "importing.repaired",
        ]
        return dataTable(
            caption: t("importing.files"), captionHidden: true,
            columns: [TableColumn(title: t("importing.file"))] + counts.map { TableColumn(title: t($0), isNumber: true) },
            rows: report.files.map { file in
                let counted: [Int64] = [
                    file.read, file.imported, file.updated, file.unchanged, Int64(file.refused), Int64(file.repaired),
                ]
                return TableRow(cells: [HTML(file.name)] + counted.map { HTML(grouped($0)) })
            })
    }

    private var signIn: HTML {
        let cannot = report.cannotSignIn.map(\.count).reduce(0, +)
        return group {
            p { t("importing.canSignIn", ["count": .number(Int(report.canSignIn))]) }
            if cannot > 0 { p { t("importing.cannotSignIn", ["count": .number(cannot)]) } }
            for problem in report.cannotSignIn { view(problem, isOfRow: false) }
        }
    }

    private var parents: HTML {
        group {
            p {
                t(
                    "importing.parentsLinked",
                    ["linked": .number(Int(report.parentsLinked)), "missing": .number(report.parentsMissingCount)])
            }
            if !report.parentsMissing.isEmpty {
                details {
                    summary { t("importing.missingParents") }
                    examples(report.parentsMissing, of: report.parentsMissingCount)
                }
            }
        }
    }

    private func title(_ kind: String) -> String {
        switch kind {
        case "types": t("importing.names.types")
        case "statuses": t("importing.names.statuses")
        case "contact_types": t("importing.names.contactTypes")
        case "work_classes": t("importing.names.workClasses")
        case "modules": t("importing.names.modules")
        default: t("importing.names.cities")
        }
    }

    private func names(_ names: [ReadReport.Name], _ title: String) -> HTML {
        group {
            dataTable(
                caption: title, captionHidden: true,
                columns: [
                    TableColumn(title: t("importing.oldName")), TableColumn(title: t("importing.count"), isNumber: true),
                    TableColumn(title: t("importing.mappedTo")),
                ],
                rows: names.prefix(ReadReport.most).map { name in
                    TableRow(cells: [
                        HTML(name.name), HTML(grouped(name.count)),
                        name.mappedTo.map { HTML($0) } ?? tag(t("importing.unknown"), .attention),
                    ])
                })
            more(names.count)
        }
    }

    /// - Parameter isOfRow: whether it says what became of rows; an email is no row.
    private func view(_ problem: ReadReport.Problem, isOfRow: Bool = true) -> HTML {
        details {
            summary {
                if isOfRow {
                    tag(t(problem.isRefusal ? "importing.leftOut" : "importing.mended"), problem.isRefusal ? .attention : .calm)
                }
                " \(grouped(problem.count)) × "
                if !problem.field.isEmpty {
                    group {
                        code { problem.field }; ": "
                    }
                }
                span(.lang("en")) { problem.reason }
            }
            examples(problem.examples, of: problem.count)
        }
    }

    private func examples(_ examples: [ReadReport.Problem.Example], of count: Int) -> HTML {
        group {
            ul(.class("rows")) {
                for example in examples {
                    li {
                        if example.row > 0 { t("importing.row", ["row": .number(Int(example.row))]) }
                        if example.row > 0, !example.was.isEmpty { ": " }
                        span(.lang("en")) { example.was }
                    }
                }
            }
            more(count)
        }
    }

    private func more(_ count: Int) -> HTML {
        guard count > ReadReport.most else { return .empty }
        return p(.class("soft")) { t("importing.more", ["count": .number(count - ReadReport.most)]) }
    }
}
