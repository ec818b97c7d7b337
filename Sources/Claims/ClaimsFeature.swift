public import Accounts
public import Cases
public import Core
public import Database
public import HTML
public import Primitives
internal import Web

/// Proving by oneself that a case or a record is one's own: by the code of a permit card, by what other features know from paper, by
/// a letter to the address on file (C2). Everybody on file is told, and each claim can be taken back.
public struct ClaimsFeature: AccountFeature, CaseFeature {
    private let start: ClaimPage
    private let card: CardClaim
    private let code: CodePage
    private let pages: [EvidencePage]
    private let desk: Link
    private let asking: Link
    private let hasher: PasswordHasher

    /// - Parameters:
    ///   - evidence: what other features can compare.
    ///   - asking: where somebody asks who can show nothing (C3).
    ///   - requests: where somebody finds what waits for the help desk.
    ///   - desk: where staff begin.
    ///   - hasher: codes on paper are hashed where passwords are.
    public init(evidence: [EvidenceSource], asking: Link, requests: Link, desk: Link, hasher: PasswordHasher) {
        start = ClaimPage(evidence: evidence, asking: asking)
        pages = evidence.map { EvidencePage(source: $0, requests: requests) }
        card = CardClaim(requests: requests, hasher: hasher)
        code = CodePage(requests: requests, hasher: hasher)
        self.asking = asking
        self.desk = desk
        self.hasher = hasher
    }

    public let name = "Claims"
    public var words: WordSource? { claimsWords }
    public var migrations: [Migration] { claimsMigrations }
    public var accessRules: [AccessRule] { [ClaimAccess.printCard] }
    public var effects: [Effect] { ClaimMail.effects }
    public var tellings: [FactTelling] { ClaimTellings.all }
    public var jobs: [CityJob] { [AskedLetter.job] }
    public var accountRecords: [AccountRecords] { OwnClaims.all }
    public var reactions: [Reaction] { [ClosedAccountLetters.reaction] }
    public var closingNotes: [ClosingNotes] { [ClosedAccountLetters.notes] }

    public var actions: [StaffAction] {
        [StaffAction(ClaimAccess.print, "claims.may.print"), StaffAction(ClaimAccess.undo, "claims.may.undo")]
    }

    public var deskQueues: [DeskQueue] {
        [
            DeskQueue(
                title: "claims.letters.title", explanation: "claims.letters.explanation", link: ClaimAddresses.letters(),
                action: ClaimAccess.print, waiting: { try MailedCode.waiting($0) })
        ]
    }

    public var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "claims.all.title", explanation: "claims.all.explanation", link: ClaimAddresses.claims(),
                action: ClaimAccess.undo)
        ]
    }

    public var olderCaseWays: [OlderCaseWay] {
        [OlderCaseWay(order: 10, title: "claims.title") { ClaimAddresses.claim().with([(CardForm.number.definition.name, $0)]) }]
    }

    public var caseActions: [CaseAction] {
        [
            CaseAction("print-card", title: "claims.cards.action", right: ClaimAccess.printCard.action) {
                ClaimAddresses.cards($0)
            }
        ]
    }

    public var routes: [Route] {
        let first: [Route] = [.get(ClaimAddresses.claim, .account, form: Form(CardForm.number), start.show)]
        let people: [[Route]] = [
            first, card.routes, code.routes, LetterPage(asking: asking).routes, WrongPage.routes,
        ]
        let staff: [[Route]] = [
            CardDesk(hasher: hasher).routes, LettersDesk(desk: desk, hasher: hasher).routes, ClaimsDesk(desk: desk).routes,
        ]
        return (people + pages.map(\.routes) + staff).flatMap(\.self)
    }
}
