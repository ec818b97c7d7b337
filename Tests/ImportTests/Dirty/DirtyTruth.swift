import Foundation
import Primitives

/// What must become of a dirty export, written down while it is made.
struct DirtyTruth {
    enum Fate {
        case imported
        /// With words that the reason must hold.
        case refused(String)
    }

    /// What C1 must do with an email once it is proven.
    enum Claim: Hashable {
        case link(String)
        case firstOwner(String)
        case joinRequest(String)
        case steward
        case nothing
    }

    /// A contact that the import must make.
    struct Person {
        var isCompany = false
        var isActive = true
        var hasParent = false
        var name: String
        /// Folded, as they must stand in the city.
        var emails: [String] = []
        var createdOn: CivilDate?
        var city: String
        var phones = 0
    }

    struct Case {
        var applied: CivilDate?
        var expires: CivilDate?
        var parcel: String?
        var parent: String?
    }

    /// By file, one a data row.
    private(set) var fates: [String: [Fate]] = [:]
    /// By file, `row field` of everything that must be reported as put right.
    private(set) var repairs: [String: Set<String>] = [:]
    var contacts: [String: Person] = [:]
    /// In the order of the file.
    var contactOrder: [String] = []
    var cases: [String: Case] = [:]
    /// Live parts: `number|contact|type`.
    var parts: Set<String> = []
    var faults: Set<String> = []

    mutating func row(_ file: String, _ fate: Fate, repaired fields: [String] = [], fault: String? = nil) {
        fates[file, default: []].append(fate)
        let row = fates[file]?.count ?? 0
        if case .imported = fate { for field in fields { repairs[file, default: []].insert("\(row) \(field)") } }
        if let fault { faults.insert(fault) }
    }

    /// A fault of a row that was written already.
    mutating func repaired(_ file: String, _ row: Int, _ field: String) { repairs[file, default: []].insert("\(row) \(field)") }

    /// Every email of the export.
    var emails: [String] {
        var seen: Set<String> = []
        return contactOrder.flatMap { contacts[$0]?.emails ?? [] }.filter { seen.insert($0).inserted }
    }

    /// What C1 says of every email when they are proven in this order, each by an account of its own (`product.md` C1).
    func claims(_ emails: [String]) -> [String: Claim] {
        var holders: [String: [String]] = [:]
        for id in contactOrder {
            guard let contact = contacts[id], contact.isActive else { continue }
            for email in contact.emails { holders[email, default: []].append(id) }
        }
        var people: [String: Int] = [:]
        for contact in contacts.values where !contact.isCompany && contact.isActive {
            for email in contact.emails { people[email, default: 0] += 1 }
        }
        let desks: Set<String> = ["info", "office", "permits", "billing"]
        var taken: Set<String> = []
        var claims: [String: Claim] = [:]
        for email in emails {
            let found = holders[email] ?? []
            let isShared = people[email, default: 0] >= 3 || desks.contains(String(email.prefix { $0 != "@" }))
            let heads = found.filter { contacts[$0].map { $0.isCompany && !$0.hasParent } ?? false }
            let alone = found.count == 1 ? found.first : nil
            var claim: Claim
            if found.isEmpty {
                claim = .nothing
            } else if let alone, contacts[alone]?.isCompany == false {
                claim = isShared || taken.contains(alone) ? .steward : .link(alone)
            } else if let company = alone ?? (heads.count == 1 ? heads.first : nil) {
                claim = taken.contains(company) ? .joinRequest(company) : .firstOwner(company)
            } else {
                claim = .steward
            }
            switch claim {
            case .link(let id), .firstOwner(let id): taken.insert(id)
            default: break
            }
            claims[email] = claim
        }
        return claims
    }
}
