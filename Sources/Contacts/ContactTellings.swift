internal import Core
internal import Primitives

/// How the facts of contacts are told on a timeline.
enum ContactTellings {
    static let all: [FactTelling] = [
        FactTelling(.contactCreated, for: .staff) { Phrase("contacts.told.created", ["name": $0.word("name")]) },
        FactTelling(.contactLinked, for: .party) { Phrase("contacts.told.linked", both($0)) },
        FactTelling(.contactUnlinked, for: .party) { Phrase("contacts.told.unlinked", both($0)) },
        FactTelling(.memberJoined, for: .party, joined),
        FactTelling(.memberLeft, for: .party) { Phrase("contacts.told.left", both($0)) },
        FactTelling(.memberRoleChanged, for: .party, roleChanged),
        FactTelling(.memberScopeChanged, for: .party) {
            $0.text("scope") == Membership.Scope.chosen.rawValue
                ? Phrase("contacts.told.seesChosen", both($0)) : Phrase("contacts.told.seesAll", both($0))
        },
        FactTelling(.memberInvited, for: .party) { Phrase("contacts.told.invited", email($0)) },
        FactTelling(.memberInvitationSent, for: .party) { Phrase("contacts.told.invitedAgain", email($0)) },
        FactTelling(.memberInvitationWithdrawn, for: .party) { Phrase("contacts.told.invitationWithdrawn", email($0)) },
        FactTelling(.memberInvitationExpired, for: .party) { Phrase("contacts.told.invitationExpired", email($0)) },
        FactTelling(.memberInvitationAnswered, for: .party) {
            $0.arguments["accepted"] == .bool(true)
                ? Phrase("contacts.told.invitationAccepted", email($0)) : Phrase("contacts.told.invitationDeclined", email($0))
        },
        FactTelling(.joinRequested, for: .party) { Phrase("contacts.told.joinRequested", both($0)) },
        FactTelling(.joinAnswered, for: .party) {
            $0.arguments["accepted"] == .bool(true)
                ? Phrase("contacts.told.joinAccepted", both($0)) : Phrase("contacts.told.joinDeclined", both($0))
        },
        FactTelling(.findableChanged, for: .party) {
            $0.arguments["findable"] == .bool(true)
                ? Phrase("contacts.told.findable", ["name": $0.word("name")])
                : Phrase("contacts.told.notFindable", ["name": $0.word("name")])
        },
        FactTelling(.recordCorrected, for: .party) { Phrase("contacts.told.corrected", ["name": $0.word("name")]) },
        FactTelling(.contactsMerged, for: .staff) { Phrase("contacts.told.merged", one($0)) },
        FactTelling(.contactsSeparated, for: .staff) { Phrase("contacts.told.separated", one($0)) },
        FactTelling(.mailboxMarked, for: .staff) {
            $0.arguments["shared"] == .bool(true)
                ? Phrase("contacts.told.mailboxShared", ["email": $0.word("email")])
                : Phrase("contacts.told.mailboxOwn", ["email": $0.word("email")])
        },
        FactTelling(.primaryEmailSet, for: .party) {
            Phrase("contacts.told.primaryEmail", ["name": $0.word("name"), "email": $0.word("email")])
        },
        FactTelling(.ownershipObjected, for: .staff) {
            Phrase(
                "contacts.told.objected", ["name": $0.word("name"), "person": $0.word("person"), "email": $0.word("email")])
        },
        FactTelling(.claimDecided, for: .party, decided),
        FactTelling(.claimUndecided, for: .party) {
            $0.text("shown").isEmpty
                ? Phrase("contacts.told.undecided", ["email": $0.word("email")])
                : Phrase("contacts.told.undecidedShown", ["shown": $0.word("shown")])
        },
        FactTelling(.favoriteAdded, for: .party) { Phrase("contacts.told.favoriteAdded", ["name": $0.word("name")]) },
        FactTelling(.favoriteRemoved, for: .party) { Phrase("contacts.told.favoriteRemoved", ["name": $0.word("name")]) },
    ]

    private static func one(_ fact: Fact) -> [String: WordArgument] {
        ["name": fact.word("name"), "other": fact.word("other")]
    }

    private static func both(_ fact: Fact) -> [String: WordArgument] {
        ["name": fact.word("name"), "person": fact.word("person")]
    }

    private static func email(_ fact: Fact) -> [String: WordArgument] {
        ["name": fact.word("name"), "email": fact.word("email")]
    }

    private static func joined(_ fact: Fact) -> Phrase {
        switch Membership.Role(rawValue: fact.text("role")) {
        case .owner: Phrase("contacts.told.joinedAsOwner", both(fact))
        case .manager: Phrase("contacts.told.joinedAsManager", both(fact))
        case .member, nil: Phrase("contacts.told.joined", both(fact))
        }
    }

    private static func roleChanged(_ fact: Fact) -> Phrase {
        switch Membership.Role(rawValue: fact.text("role")) {
        case .owner: Phrase("contacts.told.nowOwner", both(fact))
        case .manager: Phrase("contacts.told.nowManager", both(fact))
        case .member, nil: Phrase("contacts.told.nowMember", both(fact))
        }
    }

    private static func decided(_ fact: Fact) -> Phrase {
        let email: [String: WordArgument] = ["email": fact.word("email")]
        let both: [String: WordArgument] = ["email": fact.word("email"), "name": fact.word("name")]
        switch ClaimDecision.Outcome.Name(rawValue: fact.text("decision")) {
        case .linkPerson: return Phrase("contacts.told.decidedPerson", both)
        case .firstOwner: return Phrase("contacts.told.decidedOwner", both)
        case .joinRequest: return Phrase("contacts.told.decidedJoin", both)
        case .alreadyYours: return Phrase("contacts.told.decidedYours", both)
        case .undecided: return Phrase("contacts.told.decidedLater", email)
        case .nothing, nil: return Phrase("contacts.told.decidedNothing", email)
        }
    }
}

extension Fact {
    fileprivate func word(_ name: String) -> WordArgument { .text(text(name)) }
}
