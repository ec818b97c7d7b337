/// What two records are compared in. The names are the columns of the pairs file.
public enum MatchField: Int, Sendable, CaseIterable {
    case firstName, middleName, lastName, companyName, employer, email, phone, number, street, unit, city, state, zip

    public var column: String {
        switch self {
        case .firstName: "first_name"
        case .middleName: "middle_name"
        case .lastName: "last_name"
        case .companyName: "company_name"
        case .employer: "employer"
        case .email: "email"
        case .phone: "phone"
        case .number: "number"
        case .street: "street"
        case .unit: "unit"
        case .city: "city"
        case .state: "state"
        case .zip: "zip"
        }
    }
}

/// How far two values agree. Values of the same level weigh the same, except that rare texts that are equal weigh more.
public enum MatchLevel: UInt8, Sendable, CaseIterable {
    /// Nothing in common.
    case different
    /// Jaro-Winkler of 0.82 and more; two mailboxes of one domain.
    case like
    /// One slip of the hand, or Jaro-Winkler of 0.92 and more.
    case near
    /// A nickname, an initial, a part of a double name, a d/b/a, a mailbox or a phone of several people.
    case related
    case same
    /// One side does not know it: speaks neither for nor against.
    case missing
}

/// The levels of all fields of one pair.
public struct MatchLevels: Sendable, Hashable {
    private var packed: UInt64

    public init() {
        packed = 0
        for field in MatchField.allCases { self[field] = .missing }
    }

    public subscript(_ field: MatchField) -> MatchLevel {
        get { MatchLevel(rawValue: UInt8(truncatingIfNeeded: packed >> UInt64(field.rawValue * 4)) & 15) ?? .missing }
        set {
            let shift = UInt64(field.rawValue * 4)
            packed = packed & ~(15 << shift) | UInt64(newValue.rawValue) << shift
        }
    }

    /// First and last name stand in each other's place.
    public var namesCrossed: Bool {
        get { packed >> 63 == 1 }
        set { packed = packed & ~(1 << 63) | (newValue ? 1 << 63 : 0) }
    }

    func raw(_ field: Int) -> Int { Int(truncatingIfNeeded: packed >> UInt64(field * 4)) & 15 }
}
