internal import Core
internal import HelpDesk
internal import HTML

extension Guide {
    /// In the order of the list that people see: what most need first.
    static let all = [
        createAccount, oldPortal, missingCases, addContact, contactTypes, company, questions, staff,
    ]

    static var routes: [Route] {
        [.get(GuideAddresses.index, .anyone, GuideIndexPage.show)]
            + all.map { .get($0.address, .anyone, GuidePage(guide: $0).show) }
    }

    /// As the help page offers them.
    static var forHelp: HelpGuides {
        HelpGuides(
            index: GuideAddresses.index(),
            all: all.filter { !$0.isForStaff }.map {
                HelpGuide(title: $0.title, lead: $0.lead, link: $0.address(), answers: $0.answers)
            })
    }
}
