internal import Cases
internal import Core

/// Who of the cast a case belongs to.
enum DemoPart: Sendable, Hashable {
    case homeowner, applicant, companyOwner, companyMember, unregisteredCompany, unregisteredPerson, confidential
}

/// A case before it has a number.
struct PlannedCase: Sendable {
    struct Party: Sendable {
        let contact: ContactID
        let type: String
        var isPrimary = false
    }

    /// Its place in the plan.
    var index = 0
    var new: NewCase
    let prefix: String
    var parties: [Party] = []
    /// The place of its parent in the plan.
    var parent: Int?
    var isParent = false
    /// Whose dashboards list it.
    var parts: [DemoPart] = []
}
