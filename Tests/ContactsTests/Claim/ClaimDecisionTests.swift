import Contacts
import Core
import Testing

/// C1 as a table: every situation a proven address can meet, and what follows.
@Suite struct ClaimDecisionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let candidates: [ClaimCandidate]
        var isShared = false
        let outcome: ClaimDecision.Outcome
        var undecided: [ContactID] = []
        var reason: UndecidedReason?

        init(
            _ name: String, _ candidates: [ClaimCandidate], shared: Bool = false, _ outcome: ClaimDecision.Outcome,
            steward: [ContactID] = [], _ reason: UndecidedReason? = nil
        ) {
            testDescription = name
            self.candidates = candidates
            isShared = shared
            self.outcome = outcome
            undecided = steward
            self.reason = reason
        }
    }

    static let (one, two, three) = (ContactID(1), ContactID(2), ContactID(3))

    static func person(_ id: ContactID, taken: Bool = false, mine: Bool = false, ended: Bool = false) -> ClaimCandidate {
        var candidate = ClaimCandidate(id, .person, isPrimary: false)
        candidate.isTaken = taken
        candidate.isMine = mine
        candidate.wasEnded = ended
        return candidate
    }

    static func company(
        _ id: ContactID, primary: Bool = true, owner: Bool = false, taken: Bool = false, mine: Bool = false, ended: Bool = false
    ) -> ClaimCandidate {
        var candidate = ClaimCandidate(id, .company, isPrimary: primary)
        candidate.hasOwner = owner
        candidate.isTaken = taken
        candidate.isMine = mine
        candidate.wasEnded = ended
        return candidate
    }

    static let cases: [Case] = [
        Case("no contact", [], .nothing),
        Case("no contact, shared mailbox", [], shared: true, .nothing),
        // (a)
        Case("one person", [person(one)], .linkPerson(one)),
        Case("one person, mine already", [person(one, mine: true)], .alreadyYours(one)),
        Case("one person, mine and somebody else's", [person(one, taken: true, mine: true)], .alreadyYours(one)),
        Case("one person, somebody else's", [person(one, taken: true)], .undecided, steward: [one], .linkedToAnother),
        Case("one person, ended before", [person(one, ended: true)], .undecided, steward: [one], .endedBefore),
        // (b) and (c)
        Case("one company without owner", [company(one)], .firstOwner(one)),
        Case("a branch without owner, alone", [company(one, primary: false)], .firstOwner(one)),
        Case("one company with owner", [company(one, owner: true)], .joinRequest(one)),
        Case("one company with owner that somebody is linked to", [company(one, owner: true, taken: true)], .joinRequest(one)),
        Case("one company with owner that I was removed from", [company(one, owner: true, ended: true)], .joinRequest(one)),
        Case("one company, mine already", [company(one, owner: true, mine: true)], .alreadyYours(one)),
        Case("one company somebody signs in as", [company(one, taken: true)], .undecided, steward: [one], .linkedToAnother),
        Case("one company without owner, ended before", [company(one, ended: true)], .undecided, steward: [one], .endedBefore),
        // (d)
        Case("shared mailbox, one person", [person(one)], shared: true, .undecided, steward: [one], .sharedMailbox),
        Case("shared mailbox, one company", [company(one)], shared: true, .firstOwner(one)),
        Case("shared mailbox, company with owner", [company(one, owner: true)], shared: true, .joinRequest(one)),
        Case(
            "shared mailbox, company and person", [company(one), person(two)], shared: true, .firstOwner(one), steward: [two],
            .severalContacts),
        // several
        Case("two persons", [person(one), person(two)], .undecided, steward: [one, two], .severalContacts),
        Case(
            "two persons, one somebody else's", [person(one, taken: true), person(two)], .undecided, steward: [one, two],
            .severalContacts),
        Case("two persons, one mine", [person(one, mine: true), person(two)], .undecided, steward: [two], .severalContacts),
        Case("two persons, both mine", [person(one, mine: true), person(two, mine: true)], .alreadyYours(one)),
        Case("company and person", [company(one), person(two)], .firstOwner(one), steward: [two], .severalContacts),
        Case("person and company", [person(one), company(two)], .firstOwner(two), steward: [one], .severalContacts),
        Case(
            "company with owner and person", [company(one, owner: true), person(two)], .joinRequest(one), steward: [two],
            .severalContacts),
        Case(
            "company, its branch and a person", [company(one), company(two, primary: false), person(three)], .firstOwner(one),
            steward: [two, three], .severalContacts),
        Case("two companies", [company(one), company(two)], .undecided, steward: [one, two], .severalContacts),
        Case(
            "two branches", [company(one, primary: false), company(two, primary: false)], .undecided, steward: [one, two],
            .severalContacts),
        Case(
            "branch and person", [company(one, primary: false), person(two)], .undecided, steward: [one, two], .severalContacts),
        Case(
            "company somebody signs in as, and a person", [company(one, taken: true), person(two)], .undecided,
            steward: [one, two], .linkedToAnother),
        Case(
            "my company and a person", [company(one, owner: true, mine: true), person(two)], .alreadyYours(one), steward: [two],
            .severalContacts),
    ]

    @Test("C1: what a proven address leads to", arguments: cases)
    func decides(_ row: Case) {
        let decision = ClaimDecision.decide(row.candidates, isShared: row.isShared)
        #expect(decision.outcome == row.outcome)
        #expect(decision.undecided == row.undecided)
        #expect(decision.reason == row.reason)
    }

    /// Every combination of up to three contacts with every mark: what can never happen.
    @Test("C1: never a silent guess, whatever the contacts")
    func neverGuesses() {
        var variants: [(ContactID) -> ClaimCandidate] = []
        for bits in 0..<32 {
            func on(_ bit: Int) -> Bool { bits & 1 << bit != 0 }
            if !on(3), !on(4) {
                variants.append { Self.person($0, taken: on(0), mine: on(1), ended: on(2)) }
            }
            variants.append { Self.company($0, primary: !on(3), owner: on(4), taken: on(0), mine: on(1), ended: on(2)) }
        }
        for a in variants {
            check([a(Self.one)])
            for b in variants {
                check([a(Self.one), b(Self.two)])
            }
        }
        for a in variants.prefix(12) {
            for b in variants.prefix(12) { for c in variants.prefix(12) { check([a(Self.one), b(Self.two), c(Self.three)]) } }
        }
    }

    private func check(_ candidates: [ClaimCandidate]) {
        for isShared in [false, true] {
            let decision = ClaimDecision.decide(candidates, isShared: isShared)
            let open = Set(candidates.filter { !$0.isMine }.map(\.contact))
            let found = decision.outcome.contact.map { Set([$0]) } ?? []
            // Everything that is not mine is decided or with a steward, and nothing is both.
            #expect(found.union(decision.undecided).isSuperset(of: open))
            #expect(found.isDisjoint(with: decision.undecided))
            #expect(Set(decision.undecided).isSubset(of: open))
            switch decision.outcome {
            case .linkPerson(let id):
                let person = candidates.first { $0.contact == id }
                #expect(candidates.count == 1 && !isShared)
                #expect(person?.kind == .person && person?.isTaken == false && person?.wasEnded == false)
            case .firstOwner(let id):
                let company = candidates.first { $0.contact == id }
                #expect(company?.kind == .company && company?.hasOwner == false && company?.isTaken == false)
            case .joinRequest(let id):
                #expect(candidates.first { $0.contact == id }?.hasOwner == true)
            case .undecided: #expect(!decision.undecided.isEmpty && decision.reason != nil)
            case .nothing: #expect(candidates.isEmpty)
            case .alreadyYours(let id): #expect(candidates.first { $0.contact == id }?.isMine == true)
            }
        }
    }
}
