public import Core
internal import Database
public import Primitives

/// Makes and changes the collections of one account.
public struct CollectionWriter {
    private let change: Change
    private let account: AccountID

    public init(_ change: Change, for account: AccountID) {
        self.change = change
        self.account = account
    }

    /// - Parameter title: not yet the name of another of theirs: `isTaken`.
    /// - Throws: a `Refusal` when there are as many as somebody can have.
    @discardableResult
    public func make(_ title: String) throws -> CaseCollection {
        try checkRoom()
        let id = change.publicID()
        try change.conn.run(
            """
            INSERT INTO collection (public_id, account_id, title, since)
            VALUES (\(id), \(account), \(title), \(change.now))
            """)
        try change.record(NewFact(.collectionMade, about: .account(account), ["title": .string(title)]))
        guard let made = try CaseCollection.find(id, of: account, change.conn) else { throw NotFound() }
        return made
    }

    /// Whether another of theirs is called so.
    func isTaken(_ title: String, but collection: CaseCollection? = nil) throws -> Bool {
        try CaseCollection.all(of: account, change.conn).contains {
            $0.title.lowercased() == title.lowercased() && $0.key != collection?.key
        }
    }

    func rename(_ collection: CaseCollection, to title: String) throws {
        guard collection.title != title else { return }
        let count = try change.conn.run(
            "UPDATE collection SET title = \(title) WHERE id = \(collection.key) AND account_id = \(account) AND until IS NULL")
        guard count > 0 else { throw NotFound() }
        try change.record(
            NewFact(
                .collectionRenamed, about: .account(account), ["title": .string(title), "old": .string(collection.title)],
                before: .string(collection.title), after: .string(title)))
    }

    /// The collection and what is in it end at the same moment.
    func remove(_ collection: CaseCollection) throws {
        let count = try change.conn.run(
            """
            UPDATE collection SET until = \(change.now)
            WHERE id = \(collection.key) AND account_id = \(account) AND until IS NULL
            """)
        guard count > 0 else { return }
        try change.conn.run(
            """
            UPDATE collection_case SET until = \(change.now) WHERE collection_id = \(collection.key) AND until IS NULL
            """)
        try change.record(NewFact(.collectionRemoved, about: .account(account), ["title": .string(collection.title)]))
    }

    /// Puts one that was removed back, with what was in it to the end. Nothing happens when it is there already.
    /// - Throws: a `Refusal` when there are as many as somebody can have, or another one has its name by now.
    func restore(_ collection: CaseCollection) throws {
        guard let until = collection.until else { return }
        guard try !isTaken(collection.title) else {
            throw Refusal("following.collections.takenSince", ["title": .text(collection.title)])
        }
        try checkRoom()
        let count = try change.conn.run(
            "UPDATE collection SET until = NULL WHERE id = \(collection.key) AND account_id = \(account) AND until = \(until)")
        guard count > 0 else { return }
        // One that was taken out and put in again may have ended twice at that moment.
        try change.conn.run(
            """
            UPDATE collection_case SET until = NULL
            WHERE id IN (SELECT MAX(id) FROM collection_case
                         WHERE collection_id = \(collection.key) AND until = \(until) GROUP BY case_id)
            """)
        try change.record(NewFact(.collectionRestored, about: .account(account), ["title": .string(collection.title)]))
    }

    private func checkRoom() throws {
        guard try CaseCollection.all(of: account, change.conn).count < CaseCollection.most else {
            throw Refusal("following.collections.tooMany", ["most": .number(CaseCollection.most)])
        }
    }

    /// - Throws: `NotFound` for a case that whoever changes may not see, a `Refusal` when the collection is full.
    public func add(_ id: CaseID, to collection: CaseCollection) throws {
        guard collection.until == nil,
            try change.city.access.may("case.view", change.principal, on: id.value, change.conn)
        else { throw NotFound() }
        let isThere = try change.conn.exists(
            "SELECT 1 FROM collection_case WHERE collection_id = \(collection.key) AND case_id = \(id) AND until IS NULL")
        guard !isThere else { return }
        let count: Int =
            try change.conn.value(
                "SELECT COUNT(*) FROM collection_case WHERE collection_id = \(collection.key) AND until IS NULL") ?? 0
        guard count < CaseCollection.mostCases else {
            throw Refusal(
                "following.collections.full", ["title": .text(collection.title), "most": .number(CaseCollection.mostCases)])
        }
        try change.conn.run(
            "INSERT INTO collection_case (collection_id, case_id, since) VALUES (\(collection.key), \(id), \(change.now))")
        try change.record(
            NewFact(
                .caseCollected, about: .account(account), ["title": .string(collection.title), "case": .integer(id.value)]))
    }

    func takeOut(_ id: CaseID, of collection: CaseCollection) throws {
        let count = try change.conn.run(
            """
            UPDATE collection_case SET until = \(change.now)
            WHERE collection_id = \(collection.key) AND case_id = \(id) AND until IS NULL
            """)
        guard count > 0 else { return }
        try change.record(
            NewFact(.caseTakenOut, about: .account(account), ["title": .string(collection.title), "case": .integer(id.value)]))
    }
}
