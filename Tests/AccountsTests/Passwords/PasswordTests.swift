import CArgon2
import Core
import Crypto
import Foundation
import Primitives
import TestSupport
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

@Suite struct CommonPasswordTests {
    /// The first entries of the list that are no part of a longer password by themselves.
    private static let most = PasswordBlocklist.common.filter { $0.count >= 8 && $0.contains(where: \.isLetter) }.sorted().prefix(
        3500)

    @Test func `A3 more than three thousand long passwords made of the most used ones are refused`() {
        let twice = CommonPasswordTests.most.map { $0 + $0 }
        let numbered = CommonPasswordTests.most.map { $0 + "12345678" }
        let two = zip(CommonPasswordTests.most, CommonPasswordTests.most.reversed()).map { $0 + $1 }
        for (what, passwords) in [("twice", twice), ("numbered", numbered), ("two", two)] {
            let taken = passwords.filter { PasswordRules.problem($0) == nil }
            #expect(passwords.count > 3000 && taken.isEmpty, "\(what): \(taken.prefix(5))")
        }
    }

    @Test(arguments: ["correct cactus under lamplight", "mein Fahrrad hat drei Räder", "la tortuga compró un paraguas"])
    func `A3 words in a row that nobody lists are taken`(_ password: String) { #expect(PasswordRules.problem(password) == nil) }
}

@Suite struct BreachedPasswordTests {
    private let email = "ada@example.org"
    private let stolen = "purple otters juggle lemons"

    @Test func `A3 a password from a list of stolen ones is refused wherever one is chosen`() async throws {
        let folder = try Folder.ofBreaches([stolen: 3, goodPassword: 0])
        let city = try await TestCity.make(breached: try #require(BreachedPasswords(folder: folder.path)))
        let id = try await city.account(email: email, password: goodPassword)
        let browser = city.browser()
        try await browser.signIn(id)
        let refused = await browser.post("/account/password", ["current": goodPassword, "password": stolen])
        #expect(refused.status == 422 && refused.has("lists of passwords that were stolen"))
        let taken = await browser.post("/account/password", ["current": goodPassword, "password": "purple otters juggle melons"])
        #expect(taken.location == "/account", "a hash that begins alike is another password")
    }

    @Test func `a line that only fills up a file stops nobody, and a file that is missing is no yes`() throws {
        let folder = try Folder.ofBreaches([stolen: 0])
        let list = try #require(BreachedPasswords(folder: folder.path))
        #expect(try !list.contain(stolen))
        #expect(throws: (any Error).self) { try list.contain("something else entirely") }
        #expect(BreachedPasswords(folder: folder.path + "/none") == nil)
    }

    @Test func `a password whose hash was made with less work gets a new hash when it comes by`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        // 8 MiB and one pass, of the same password.
        let weak = try hashWithLessWork(goodPassword)
        try await city.write { change in
            try change.conn.run("UPDATE credential SET secret = \(weak) WHERE account_id = \(id) AND kind = 'password'")
        }
        await city.browser().post("/sign-in", signIn(email, "not the password at all"))
        #expect(try await city.hash(of: id) == weak, "a wrong guess changes nothing")
        await city.browser().post("/sign-in", signIn(email, goodPassword))
        let renewed = try await city.hash(of: id)
        #expect(renewed.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await city.hasher.verify(goodPassword, against: renewed))
    }
}

/// Argon2id with 8 MiB and one pass.
private func hashWithLessWork(_ password: String) throws -> String {
    let (bytes, salt) = (Array(password.utf8), Array("nobody-is-at-home".utf8))
    var encoded = [CChar](repeating: 0, count: 200)
    let status = argon2id_hash_encoded(1, 8192, 1, bytes, bytes.count, salt, salt.count, 32, &encoded, encoded.count)
    try #require(status == ARGON2_OK.rawValue)
    return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension Folder {
    /// As the downloader of Have I Been Pwned writes them: a file for each beginning of a hash, with how often it was seen.
    fileprivate static func ofBreaches(_ passwords: [String: Int]) throws -> Folder {
        let folder = try Folder()
        var files = ["00000": ["0005AD76BD555C1D6D771DE417A4B87E4B4:3"]]
        for (password, times) in passwords {
            let hash = Insecure.SHA1.hash(data: Data(password.utf8)).map { String(format: "%02X", $0) }.joined()
            files[String(hash.prefix(5)), default: []].append("\(hash.dropFirst(5)):\(times)")
        }
        for (beginning, lines) in files {
            try Data(lines.joined(separator: "\r\n").utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(beginning).txt"))
        }
        // Whatever else is looked up has its file too.
        for other in ["purple otters juggle melons"] {
            let hash = Insecure.SHA1.hash(data: Data(other.utf8)).map { String(format: "%02X", $0) }.joined()
            let path = "\(folder.path)/\(hash.prefix(5)).txt"
            if !FileManager.default.fileExists(atPath: path) {
                try Data("\(String(repeating: "0", count: 35)):0".utf8).write(to: URL(fileURLWithPath: path))
            }
        }
        return folder
    }
}

extension TestCity {
    fileprivate func hash(of account: AccountID) async throws -> String {
        try await read { conn in
            try conn.value("SELECT secret FROM credential WHERE account_id = \(account) AND kind = 'password'") ?? ""
        }
    }
}
