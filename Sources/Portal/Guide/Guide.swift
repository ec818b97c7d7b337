internal import Accounts
internal import CityPack
internal import Core
internal import HelpDesk
internal import HTML
internal import Primitives
internal import Web

enum GuideAddresses {
    static let index = PlainAddress("/guide")
    static let createAccount = PlainAddress("/guide/create-an-account")
    static let oldPortal = PlainAddress("/guide/old-portal")
    static let addContact = PlainAddress("/guide/add-a-contact")
    static let contactTypes = PlainAddress("/guide/contact-types")
    static let missingCases = PlainAddress("/guide/missing-cases")
}

/// Short pages that explain one thing each (A5, B4, C4).
enum Guide {
    static let routes: [Route] = [
        .get(GuideAddresses.index, .anyone, index),
        .get(GuideAddresses.createAccount, .anyone, createAccount),
        .get(GuideAddresses.oldPortal, .anyone, oldPortal),
        .get(GuideAddresses.addContact, .anyone, addContact),
        .get(GuideAddresses.contactTypes, .anyone, contactTypes),
        .get(GuideAddresses.missingCases, .anyone, missingCases),
    ]

    private static func index(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(t("portal.guide"), isIndexed: true) {
            h1 { t("portal.guide") }
            p { t("portal.guideIndex.lead") }
            tasks([
                TaskLink(
                    NavigationItem(title: t("portal.create.title"), link: GuideAddresses.createAccount()),
                    note: t("portal.create.lead")),
                TaskLink(
                    NavigationItem(title: t("portal.old.title"), link: GuideAddresses.oldPortal()), note: t("portal.old.lead")),
                TaskLink(
                    NavigationItem(title: t("portal.missing.title"), link: GuideAddresses.missingCases()),
                    note: t("portal.missing.lead")),
                TaskLink(
                    NavigationItem(title: t("portal.add.title"), link: GuideAddresses.addContact()), note: t("portal.add.lead")),
                TaskLink(
                    NavigationItem(title: t("portal.types.title"), link: GuideAddresses.contactTypes()),
                    note: t("portal.types.lead")),
            ])
        }
    }

    /// A guide page: what it is for, numbered steps, and the button to begin.
    private static func page(
        _ visit: Visit, title: String, lead: String, steps: [GuideStep], @HTMLBuilder after: () -> HTML
    ) -> WebResponse {
        visit.page(title, crumbs: [Crumb(title: visit.t("portal.guide"), link: GuideAddresses.index())], isIndexed: true) {
            prose {
                h1 { title }
                p { lead }
                ol { for step in steps { step.view(visit) } }
                after()
            }
        }
    }

    private static func createAccount(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return page(
            visit, title: t("portal.create.title"), lead: t("portal.create.lead"),
            steps: [
                GuideStep(t("portal.create.step1"), .register), GuideStep(t("portal.create.step2"), .checkEmail, .confirm),
                GuideStep(t("portal.create.step3"), .finish), GuideStep(t("portal.create.step4"), .welcome),
            ]
        ) {
            h2 { t("portal.create.companyTitle") }
            p { t("portal.create.company1") }
            p { t("portal.create.company2") }
            p { linkButton(t("portal.home.create"), AccountAddresses.register()) }
        }
    }

    private static func oldPortal(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return page(
            visit, title: t("portal.old.title"), lead: t("portal.old.lead"),
            steps: [
                GuideStep(t("portal.old.step1")), GuideStep(t("portal.old.step2"), .register),
                GuideStep(t("portal.old.step3"), .confirm), GuideStep(t("portal.old.step4"), .finish, .welcome),
            ]
        ) {
            h2 { t("portal.old.sureTitle") }
            p { t("portal.old.sure") }
            h2 { t("portal.old.otherTitle") }
            p { t("portal.old.other") }
            actions {
                linkButton(t("portal.old.begin"), AccountAddresses.register())
                linkButton(t("portal.accessRequest"), HelpDeskAddresses.accessRequest(), quiet: true)
            }
        }
    }

    private static func addContact(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return page(
            visit, title: t("portal.add.title"), lead: t("portal.add.lead"),
            steps: [
                GuideStep(t("portal.add.step1")), GuideStep(t("portal.add.step2")), GuideStep(t("portal.add.step3"), .addContact),
                GuideStep(t("portal.add.step4")), GuideStep(t("portal.add.step5")),
            ]
        ) {
            h2 { t("portal.add.whoTitle") }
            p { t("portal.add.who") }
            p { a(GuideAddresses.contactTypes()) { t("portal.types.title") } }
        }
    }

    private static func missingCases(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let city = visit.city.pack.city
        return page(
            visit, title: t("portal.missing.title"), lead: t("portal.missing.lead"),
            steps: [
                GuideStep(t("portal.missing.step1")), GuideStep(t("portal.missing.step2")),
                GuideStep(t("portal.missing.step3"), .ask),
            ]
        ) {
            h2 { t("portal.missing.cutOverTitle", ["date": .date(city.cutOver)]) }
            p { t("portal.missing.cutOver", ["date": .date(city.cutOver)]) }
            p {
                t("portal.missing.phone")
                " "
                a(Link.telephone(city.inspectionLine)) { city.inspectionLine }
                "."
            }
            p { linkButton(t("portal.accessRequest"), HelpDeskAddresses.accessRequest()) }
        }
    }

    /// Every contact type of the pack with its explanation, example and rights (B4).
    private static func contactTypes(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(
            t("portal.types.title"), crumbs: [Crumb(title: t("portal.guide"), link: GuideAddresses.index())], isIndexed: true
        ) {
            h1 { t("portal.types.title") }
            p { t("portal.types.lead") }
            dataTable(
                caption: t("portal.types.caption"), captionHidden: true,
                columns: [
                    TableColumn(title: t("portal.types.type")), TableColumn(title: t("portal.types.for")),
                    TableColumn(title: t("portal.types.may")),
                ],
                rows: visit.city.pack.contactTypes.map { type in
                    TableRow(
                        cells: [
                            HTML(t(type.name)),
                            group {
                                p { t(type.explanation) }
                                p(.class("soft")) { t("portal.types.example", ["example": .text(t(type.example))]) }
                            },
                            HTML(rights(type.rights, t)),
                        ], id: type.key)
                })
        }
    }

    private static func rights(_ rights: Rights, _ t: Voice) -> String {
        var words: [String] = []
        if rights.contains(.view) { words.append(t("portal.types.view")) }
        if rights.contains(.act) { words.append(t("portal.types.act")) }
        if rights.contains(.bill) { words.append(t("portal.types.bill")) }
        if rights.contains(.requestInspection) { words.append(t("portal.types.inspect")) }
        return words.joined(separator: ", ")
    }
}
