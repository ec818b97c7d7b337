public import CityPack
public import Core
public import Database
public import Primitives

/// A case of any kind: permit, plan, license, code case, request (D1). Fields that not everybody may see come out only for an audience.
public struct CaseRecord: Sendable {
    public let id: CaseID
    public let number: String
    public let module: CaseModule
    public let type: String
    public let workClass: String
    public let status: String
    public let packHash: String
    public let applied: CivilDate?
    public let issued: CivilDate?
    public let expires: CivilDate?
    public let finalized: CivilDate?
    public let activeOn: CivilDate
    public let parent: CaseID?
    public let isConfidential: Bool
    /// Begun, not yet submitted.
    public let isDraft: Bool
    public let contractorState: ContractorState?
    public let description: Classified<String>
    public let project: Classified<String>
    public let valuation: Classified<Money?>

    /// Of `case_record c`, for `init(row:pack:)`.
    public static let columns: SQL = """
        c.id, c.number, c.module, c.type, c.work_class, c.status, c.pack_hash, c.description, c.project, c.valuation_cents,
        c.applied, c.issued, c.expires, c.finalized, c.active_on, c.parent_id, c.confidential, c.submitted, c.contractor_state
        """

    /// - Parameter pack: says which class each field has; a field it does not declare is secret.
    public init(row: Row, pack: CityPack) throws {
        id = try row["id"]
        number = try row["number"]
        module = CaseModule(rawValue: try row["module"]) ?? .permit
        type = try row["type"]
        workClass = try row["work_class"]
        status = try row["status"]
        packHash = try row["pack_hash"]
        applied = try row["applied"]
        issued = try row["issued"]
        expires = try row["expires"]
        finalized = try row["finalized"]
        activeOn = try row["active_on"]
        parent = try row["parent_id"]
        isConfidential = try row["confidential"]
        isDraft = try !(row["submitted"] as Bool)
        contractorState = ContractorState(rawValue: try row["contractor_state"])
        func visibility(_ name: String) -> Visibility { pack.field(name)?.visibility ?? .secret }
        description = Classified(visibility("description"), try row["description"])
        project = Classified(visibility("project"), try row["project"])
        valuation = Classified(visibility("valuation"), try row["valuation_cents"])
    }
}

/// What a case says about its contractor when there is none (K6): a state, never a company.
public enum ContractorState: String, Sendable, CaseIterable, SQLConvertible {
    case notDesignated = "not-designated"
    case waitingForLicensed = "waiting-for-licensed"
    case generalAssumes = "general-assumes"
}

extension FactKind {
    /// Arguments: `number`, `type`.
    public static let caseCreated: FactKind = "case.created"
    /// Arguments: `from`, `to` (status keys).
    public static let statusChanged: FactKind = "case.status-changed"
    /// By name. Arguments: `contact` (id), `name`, `type` (contact type key).
    public static let contactAdded: FactKind = "case.contact-added"
    /// By name. Arguments: `contact`, `name`, `type`, `left` (by themselves).
    public static let contactRemoved: FactKind = "case.contact-removed"
    /// By address, known or not. Arguments: `email` (masked), `type`, `invitation` (id), `language`, `mail` (whether to write),
    /// `rights` (names, when others than the type's were chosen).
    public static let contactInvited: FactKind = "case.contact-invited"
    /// The invitation was sent again. Arguments: as `contactInvited`.
    public static let invitationSent: FactKind = "case.invitation-sent"
    /// Whoever has the address answered. Arguments: `email` (masked), `type`, `invitation`, `accepted` (true or false).
    public static let invitationAnswered: FactKind = "case.invitation-answered"
    /// Nobody answered in time. For staff alone: it tells that the address was not known. Arguments: `email` (masked), `type`,
    /// `invitation`.
    public static let invitationExpired: FactKind = "case.invitation-expired"
    /// The grant behind an address began. Arguments: `contact`, `name`, `type`.
    public static let invitationAccepted: FactKind = "case.invitation-accepted"
    /// Arguments: `email` (masked), `type`, `invitation`, `left` (by themselves).
    public static let invitationWithdrawn: FactKind = "case.invitation-withdrawn"
    /// Somebody added by address let the others see their name. Arguments: `name`, `type`.
    public static let nameShown: FactKind = "case.name-shown"
    /// Arguments: `parent` (id).
    public static let parentLinked: FactKind = "case.parent-linked"
    public static let caseCorrected: FactKind = "case.corrected"
    /// Recorded by whoever keeps inspections; that a case has one decides its BLDS status. Arguments: `number`, `type`, `state`,
    /// `result` (empty when there is none).
    public static let inspectionRecorded: FactKind = "inspection.recorded"
}
