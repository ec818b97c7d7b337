public import Primitives

/// What a contact may do with a case, given by the contact type under which it was added (B4).
public struct Rights: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// See the case as a party does.
    public static let view = Rights(rawValue: 1)
    /// Apply, answer, upload, add contacts.
    public static let act = Rights(rawValue: 2)
    /// See and pay invoices.
    public static let bill = Rights(rawValue: 4)
    public static let requestInspection = Rights(rawValue: 8)

    /// The words used in packs and stored rows, in order.
    public static let allNames: [(name: String, right: Rights)] = [
        ("view", .view), ("act", .act), ("bill", .bill), ("request_inspection", .requestInspection),
    ]

    public var names: [String] { Rights.allNames.filter { contains($0.right) }.map(\.name) }

    /// nil when one of the names is unknown.
    public init?(names: [String]) {
        self = []
        for name in names {
            guard let known = Rights.allNames.first(where: { $0.name == name }) else { return nil }
            insert(known.right)
        }
    }
}

extension Rights: Codable {
    public init(from decoder: any Decoder) throws {
        let names = try decoder.singleValueContainer().decode([String].self)
        guard let rights = Rights(names: names) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "unknown right among \(names)"))
        }
        self = rights
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(names)
    }
}

/// The part that a contact plays in a case: a choice of "Add contact as" (B4).
public struct ContactType: Sendable, Hashable {
    /// Stable and in stored rows: `contractor-electrical`.
    public let key: String
    /// "Contractor: Electrical".
    public let name: LocalizedText
    public let rights: Rights
    /// Who this is, shown where it is chosen.
    public let explanation: LocalizedText
    public let example: LocalizedText
    /// Keys of the license kinds (work classes) that entitle to this part: one valid license of any of them is enough, because
    /// trades cross. Empty when none is needed.
    public let licenses: [String]
    /// What somebody may do who became one of these with the code of a permit card (C2): no more than the type gives. nil for every
    /// type but one; a pack without any takes no cards.
    public let cardRights: Rights?
    /// A pack from before `licenses` said only that some license is needed.
    let needsSomeLicense: Bool
    /// What older systems call it, exactly as they write it (K6).
    public let importNames: [String]

    /// Whether the contact needs a valid license.
    public var needsLicense: Bool { needsSomeLicense || !licenses.isEmpty }
}
