import Core
import Primitives
import Testing

@testable import Accounts

@Suite struct PasswordRuleTests {
    @Test(arguments: [
        "four sandstone arches at noon", "fifteen letters", "ÄÖÜ äöü ß und Straße",
        "🏔🌲🦌🔥🌵🐻🦅🏕🌊🌙⭐🌧❄🍂🪵", "no1 Needs symbols!", "my monkey likes sunshine a lot", "$!%&/()=?*+~#'-_:", "北方山脉与南方河流之间的小城市",
    ])
    func `A3 fifteen characters of any kind are enough`(_ password: String) {
        #expect(PasswordRules.problem(password) == nil)
    }

    @Test func `A3 fourteen characters are refused and fifteen taken, counted as code points after NFKC`() {
        #expect(PasswordRules.problem("fourteen chars") == .tooShort)
        #expect(PasswordRules.problem("fifteen letters") == nil)
        #expect(PasswordRules.problem("fe\u{301}lix no\u{308}el un") == .tooShort, "accents join their letters")
        #expect(PasswordRules.problem("ﬁne oﬀer today") == nil, "a ligature is two letters")
        let long = String(repeating: "seven odd geese ", count: 62)
        #expect(PasswordRules.problem(long) == nil)
        #expect(PasswordRules.problem(long + "and some more") == .tooLong)
    }

    @Test(arguments: [
        "passwordpassword", "Password Password 1!", "123456789012345", "qwertyuiop123456", "correct horse battery staple",
        "aaaaaaaaaaaaaaaaaa", "abababababababab", "abcdefghijklmnopqrs", "letmein-letmein-letmein",
        "Groundwork permit portal 2026",
        "!!!!!!!!!!!!!!!", "contraseña contraseña",
    ])
    func `A3 what others try first is refused`(_ password: String) { #expect(PasswordRules.problem(password) == .common) }

    @Test(arguments: ["Boulder Boulder Boulder", "rosa.martinez@example.org", "Rosa Martinez 2026!", "Northfork-Builders-1"])
    func `A3 one's own name, address or city alone is refused`(_ password: String) {
        let person = ["rosa.martinez@example.org", "Rosa", "Martinez", "Northfork Builders LLC", "Boulder"]
        #expect(PasswordRules.problem(password, about: person) == .personal)
        #expect(PasswordRules.problem("Rosa rides a purple bicycle", about: person) == nil)
    }
}

@Suite struct PasswordHasherTests {
    private let hasher = PasswordHasher(threads: 1)

    @Test func `a password fits its own hash and no other, however it was typed`() async throws {
        let hash = try await hasher.hash("ma\u{f1}ana por la ma\u{f1}ana")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify("man\u{303}ana por la man\u{303}ana", against: hash))
        #expect(try await !hasher.verify("manana por la manana", against: hash))
        #expect(try await hasher.hash("ma\u{f1}ana por la ma\u{f1}ana") != hash, "every hash has a salt of its own")
    }

    @Test func `A2 the decoy costs the same as a real one and fits nothing`() async throws {
        let real = try await hasher.hash(goodPassword)
        #expect(PasswordHasher.decoy.split(separator: "$").prefix(3) == real.split(separator: "$").prefix(3))
        #expect(PasswordHasher.decoy.count == real.count)
        #expect(try await !hasher.verify(goodPassword, against: PasswordHasher.decoy))
    }

    @Test func `when too many wait, the next one is told to try again`() async throws {
        let small = PasswordHasher(threads: 1, waiting: 2)
        let results = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        _ = try await small.hash(goodPassword)
                        return 200
                    } catch { return (error as? Refusal)?.status ?? 500 }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.contains(200) && results.contains(429))
        #expect(Set(results) == [200, 429])
    }
}
