public import Accounts
public import Cases
public import Contacts
public import Core
public import Places
public import Primitives

// A builder per record. Every argument has a default; a test names only what it is about.
extension TestCity {
    @discardableResult
    public func person(
        _ first: String = "Ada", _ last: String = "Lindqvist", email: String? = nil, findable: Bool = false, shared: Bool = false
    ) async throws -> ContactID {
        var new = NewContact(.person)
        new.firstName = first
        new.lastName = last
        new.isFindable = findable
        if let email { new.emails = [.init(email, isShared: shared)] }
        let contact = new
        return try await write(origin: .imported) { try ContactWriter($0).create(contact) }
    }

    @discardableResult
    public func company(
        _ name: String = "Northfork Builders LLC", email: String? = nil, also others: [String] = [], findable: Bool = true,
        shared: Bool = false
    ) async throws -> ContactID {
        var new = NewContact(.company)
        new.companyName = name
        new.isFindable = findable
        new.emails = ([email].compactMap(\.self) + others).map { .init($0, isShared: shared) }
        let contact = new
        return try await write(origin: .imported) { try ContactWriter($0).create(contact) }
    }

    /// An electrical permit unless said otherwise. The number is made when none is given.
    @discardableResult
    public func aCase(
        number: String? = nil, type: String? = nil, status: String? = nil, description: String = "Panel upgrade",
        street: String = "1195 Bear Mountain Dr", applied: CivilDate? = CivilDate(year: 2026, month: 6, day: 1),
        parent: CaseID? = nil, confidential: Bool = false, submitted: Bool = true
    ) async throws -> CaseID {
        let pack = context.pack
        let type = type ?? pack.caseType(importName: "Electrical Permit")?.key ?? ""
        let status = status ?? pack.status(importName: "Issued")?.key ?? ""
        return try await write(origin: .imported) { change in
            let prefix = pack.caseType(type)?.prefix ?? "ELE"
            var new = NewCase(
                number: try number ?? CaseNumbers.next(prefix: prefix, year: change.today.year, change.conn), type: type,
                status: status)
            new.description = description
            new.applied = applied
            new.parent = parent
            new.isConfidential = confidential
            new.isSubmitted = submitted
            new.place = PlaceAddress(street: street, city: "Boulder", state: "CO", zip: "80305")
            return try CaseWriter(change).create(new)
        }
    }

    public func number(of id: CaseID) async throws -> String {
        try await read { try $0.value("SELECT number FROM case_record WHERE id = \(id)") } ?? ""
    }

    /// Puts a contact on a case with the rights of the type.
    public func grant(_ contact: ContactID, on id: CaseID, as type: String = "applicant", primary: Bool = false) async throws {
        guard let type = context.pack.contactType(type) else { throw NotFound() }
        _ = try await write(origin: .imported) { try GrantWriter($0).add(contact, to: id, as: type, isPrimary: primary) }
    }

    /// An account whose address was just proven: C1 has run.
    @discardableResult
    public func account(
        _ first: String = "Ada", _ last: String = "Lindqvist", email: String, company: String = "", password: String? = nil,
        language: Language = .english
    ) async throws -> AccountID {
        guard let folded = FoldedEmail(email) else { throw NotFound() }
        var hash: String?
        if let password { hash = try await hasher.hash(password) }
        let (address, passwordHash) = (TypedAddress(typed: email, folded: folded), hash)
        return try await write { change in
            try AccountWriter(change).create(
                firstName: first, lastName: last, phone: "303-555-0100", email: address, company: company, language: language,
                passwordHash: passwordHash)
        }
    }

    /// Somebody on the city's side.
    @discardableResult
    public func staff(
        _ role: StaffRole = .contactSteward, email: String = "steward@city.example", password: String? = nil
    ) async throws -> AccountID {
        guard let folded = FoldedEmail(email) else { throw NotFound() }
        var hash: String?
        if let password { hash = try await hasher.hash(password) }
        let (address, passwordHash) = (TypedAddress(typed: email, folded: folded), hash)
        return try await write { change in
            let writer = AccountWriter(change)
            let id = try writer.create(
                firstName: "Sam", lastName: "Steward", phone: "303-555-0101", email: address, language: .english,
                passwordHash: passwordHash, provesEmail: false)
            try writer.give(role, to: id)
            return id
        }
    }
}
