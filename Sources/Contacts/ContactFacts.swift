public import Core

extension FactKind {
    /// Arguments: `name`.
    public static let contactCreated: FactKind = "contact.created"
    /// An account may act as a contact. In the contact's chain, referring to the account. Arguments: `name`, `account`, `person`
    /// (the account's name), `how` (`ContactWriter.How`), `evidence`, and `edge` when a merge gives it (B9).
    public static let contactLinked: FactKind = "contact.linked"
    /// Arguments: `name`, `account`, `person`, and `edge` when what that merge gave ends.
    public static let contactUnlinked: FactKind = "contact.unlinked"
    /// Arguments: `name`, `account`, `person`, `role`, and `edge` when a merge gives it (B9).
    public static let memberJoined: FactKind = "contact.member-joined"
    /// Arguments: `name`, `account`, `person`, and `edge` when what that merge gave ends.
    public static let memberLeft: FactKind = "contact.member-left"
    /// Arguments: `name`, `account`, `person`, `role` (the new one), and `edge` when what that merge gave ends.
    public static let memberRoleChanged: FactKind = "contact.member-role-changed"
    /// All cases of the organization are open to a member, or chosen ones (B3). Arguments: `name`, `account`, `person`, `scope`.
    public static let memberScopeChanged: FactKind = "contact.member-scope-changed"
    /// Somebody at an address was asked to join (B2). In the organization's chain, referring to who asked, as the three below.
    /// Arguments: `name`, `email` (masked), `role`, `scope`, `invitation` (id).
    public static let memberInvited: FactKind = "contact.member-invited"
    /// The email went out again. Arguments: as `memberInvited`.
    public static let memberInvitationSent: FactKind = "contact.member-invitation-sent"
    /// It was taken back. Arguments: as `memberInvited`, and `edge` when what that merge gave to whoever asked ends.
    public static let memberInvitationWithdrawn: FactKind = "contact.member-invitation-withdrawn"
    /// Whoever has the address answered. Arguments: as `memberInvited`, and `accepted` (true or false).
    public static let memberInvitationAnswered: FactKind = "contact.member-invitation-answered"
    /// Nobody answered in time. Arguments: as `memberInvited`.
    public static let memberInvitationExpired: FactKind = "contact.member-invitation-expired"
    /// C1 (c). Arguments: `name`, `account`, `person`.
    public static let joinRequested: FactKind = "contact.join-requested"
    /// Arguments: `name`, `account`, `person`, `accepted` (true or false).
    public static let joinAnswered: FactKind = "contact.join-answered"
    /// Arguments: `name`, `findable` (true or false).
    public static let findableChanged: FactKind = "contact.findable-changed"
    /// Two records are one from now on (B9). In the chain of the one whose face stays, referring to every record of both. Arguments: `name`
    /// and `other` (how each was shown), `shown` (how both are), `edge`, `from`, `into` (ids). Why: how we know.
    public static let contactsMerged: FactKind = "contact.merged"
    /// They are two again. Arguments: `name`, `other`, `edge`, `from`, `into`.
    public static let contactsSeparated: FactKind = "contact.separated"
    /// Names, phones or addresses were corrected. Arguments: `name` (before). Before and after: the fields that changed.
    public static let recordCorrected: FactKind = "contact.corrected"
    /// Whether several people read an address (C1 d). Arguments: `name`, `email` (masked), `shared` (true or false).
    public static let mailboxMarked: FactKind = "contact.mailbox-marked"
    /// An address stands for a company from now on. Arguments: `name`, `email` (folded). Why: how we know.
    public static let primaryEmailSet: FactKind = "contact.primary-email-set"
    /// Somebody at another address on file says that the organization's first owner should not be one. In the contact's chain,
    /// referring to the account. Arguments: `name`, `account`, `person`, `email` (of whoever objects, folded), `contacts` (ids of all
    /// records that the account became an owner of by that proof, the one of the address first).
    public static let ownershipObjected: FactKind = "contact.ownership-objected"
    /// C1 could not decide: a steward must. In the account's chain. Arguments: `email`, `contacts` (ids), `reason`
    /// (`UndecidedReason`); where something else was shown than an address (C2), `shown` and `part`, both in words.
    public static let claimUndecided: FactKind = "account.claim-undecided"
    /// How C1 decided, once per account and address. In the account's chain. Arguments: `email`, `decision`
    /// (`ClaimDecision.Outcome.Name`), `contact` (id) and `name` when one was found, and `owned`: of a first owner, the ids of the
    /// records that carry the address and are theirs now.
    public static let claimDecided: FactKind = "account.claim-decided"
    /// In the account's chain. Arguments: `contact`, `name`.
    public static let favoriteAdded: FactKind = "account.favorite-added"
    public static let favoriteRemoved: FactKind = "account.favorite-removed"
}
