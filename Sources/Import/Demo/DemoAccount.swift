public import Core
internal import Database
public import Primitives

/// Somebody to sign in as, or to register as, in the demo city.
public struct DemoAccount: Sendable, Hashable {
    /// `homeowner`, `company owner`, `contact steward`, `unregistered company`, `confidential case`, ...
    public let role: String
    public let name: String
    public let email: String
    /// nil where somebody has yet to register.
    public let password: String?
    /// The case that this entry is about.
    public let number: String?
    /// Numbers of the cases that stand on the dashboard after signing in or registering.
    public let cases: [String]

    public var json: JSON {
        var members: [String: JSON] = ["role": .string(role), "name": .string(name), "email": .string(email)]
        members["password"] = password.map(JSON.string) ?? .null
        if let number { members["number"] = .string(number) }
        if !cases.isEmpty { members["cases"] = .array(cases.map(JSON.string)) }
        return .object(members)
    }

    /// For the terminal.
    public var line: String {
        let facts = [email, password.map { "password: \($0)" }, number].compactMap(\.self).filter { !$0.isEmpty }
        let width = max(0, 22 - role.count)
        return "\(role)\(String(repeating: " ", count: width)) \(name)  \(facts.joined(separator: "  "))"
    }

    static func all(_ conn: Connection) throws -> [DemoAccount] {
        try conn.rows("SELECT role, name, email, password, number, cases FROM demo_account ORDER BY id").map { row in
            let cases: String = try row["cases"]
            return DemoAccount(
                role: try row["role"], name: try row["name"], email: try row["email"], password: try row["password"],
                number: try row["number"], cases: JSON(parsing: cases)?.array?.compactMap(\.string) ?? [])
        }
    }

    func store(_ change: Change) throws {
        try change.conn.run(
            """
            INSERT INTO demo_account (role, name, email, password, number, cases)
            VALUES (\(role), \(name), \(email), \(password), \(number), \(JSON.array(cases.map(JSON.string)).description))
            """)
    }
}
