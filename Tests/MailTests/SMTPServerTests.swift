import Foundation
import Mail
import Testing

@Suite struct SMTPServerTests {
    @Test(arguments: [
        ("smtp://mail.boulder.example", "mail.boulder.example:25 (tls=required, no login)"),
        ("smtp://mail.boulder.example:587", "mail.boulder.example:587 (tls=required, no login)"),
        ("SMTP://Mail.Boulder.Example:25/", "mail.boulder.example:25 (tls=required, no login)"),
        ("smtp://permits:secret@mail.boulder.example", "mail.boulder.example:587 (tls=required, login permits)"),
        ("smtp://mail.boulder.example?tls=opportunistic", "mail.boulder.example:25 (tls=opportunistic, no login)"),
        ("smtp://mail.boulder.example?tls=none", "mail.boulder.example:25 (tls=none, no login)"),
        ("smtps://permits:secret@mail.boulder.example", "mail.boulder.example:465 (TLS, login permits)"),
        ("smtps://mail.boulder.example:2465?tls=required", "mail.boulder.example:2465 (TLS, no login)"),
        ("smtp://localhost", "localhost:25 (tls=opportunistic, no login)"),
        ("smtp://127.0.0.1:2525", "127.0.0.1:2525 (tls=opportunistic, no login)"),
        ("smtp://[::1]:2525", "[::1]:2525 (tls=opportunistic, no login)"),
        ("smtp://[2001:db8::25]", "[2001:db8::25]:25 (tls=required, no login)"),
        ("smtp://127.example.org", "127.example.org:25 (tls=required, no login)"),
        ("smtp://permits:secret@localhost", "localhost:587 (tls=required, login permits)"),
        ("smtp://permits:secret@localhost?tls=none", "localhost:587 (tls=none, login permits)"),
        (
            "smtp://permits%40boulder.example:p%40%2F%3A@mail.boulder.example",
            "mail.boulder.example:587 (tls=required, login permits@boulder.example)"
        ),
        (
            "smtp://permits@boulder.example:secret@mail.boulder.example",
            "mail.boulder.example:587 (tls=required, login permits@boulder.example)"
        ),
    ])
    func `a setting names a server`(_ setting: String, _ expected: String) throws {
        #expect(try SMTPServer(setting).description == expected)
    }

    @Test func `a file of certificates is kept as a path`() throws {
        #expect(try SMTPServer("smtps://mail.example?ca=/etc/city%20ca.pem").certificates == "/etc/city ca.pem")
        #expect(try SMTPServer("smtps://mail.example").certificates == nil)
    }

    /// Whatever is wrong is named, and no part of the setting is repeated: it may be the password.
    @Test(arguments: [
        ("", "begin with"), ("mail.boulder.example", "begin with"), ("user:hunter2@mail.example", "begin with"),
        ("http://mail.example", "begin with"), ("smtp:mail.example", "begin with"),
        ("smtp://", "name is missing"), ("smtp://user:hunter2@", "name is missing"), ("smtp://:25", "name is missing"),
        ("smtp://ma il.example", "character"), ("smtp://bücher.example", "character"), ("smtp://mail\r\n.example", "character"),
        ("smtp://mail.example:0", "port"), ("smtp://mail.example:65536", "port"), ("smtp://mail.example:", "port"),
        ("smtp://mail.example:hunter2", "port"), ("smtp://mail.example:+25", "port"),
        ("smtp://[::1:25", "character"), ("smtp://[::1]25", "IPv6"), ("smtp://[mail]:25", "IPv6"), ("smtp://[]", "IPv6"),
        ("smtp://user@mail.example", "user and a password"), ("smtp://:hunter2@mail.example", "user and a password"),
        ("smtp://user:@mail.example", "user and a password"), ("smtp://user:hunter2%@mail.example", "%25"),
        ("smtp://user:hunter2%0d%0a@mail.example", "%25"), ("smtp://user:hunter2%00@mail.example", "%25"),
        ("smtp://user:hunter2/x@mail.example", "%2F"), ("smtp://user:hunter2#x@mail.example", "%23"),
        ("smtp://user:hunter2?x@mail.example", "port"), ("smtp://mail.example/hunter2", "%2F"),
        ("smtp://mail.example?tls=hunter2", "tls="), ("smtp://mail.example?tls=implicit", "tls="),
        ("smtp://mail.example?tls", "tls="),
        ("smtp://mail.example?ca=", "ca="), ("smtp://mail.example?hunter2=1", "tls= and ca="),
        ("smtps://mail.example?tls=none", "smtps://"), ("smtps://mail.example?tls=opportunistic", "smtps://"),
        ("smtp://user:hunter2@mail.example?tls=none", "tls=required"),
        ("smtp://user:hunter2@mail.example?tls=opportunistic", "tls=required"),
        ("smtp://mail.example?tls=none&ca=/etc/ca.pem", "ca="),
    ])
    func `a wrong setting is refused with what is wrong`(_ setting: String, _ part: String) {
        let problem = #expect(throws: MailProblem.self) { try SMTPServer(setting) }
        #expect(problem?.description.contains(part) == true)
        #expect(problem?.description.contains("hunter2") == false)
        #expect(problem?.description.hasSuffix(".") == true)
    }

    @Test func `no way of printing a server shows its password`() throws {
        let server = try SMTPServer("smtp://permits:hunter2@mail.boulder.example")
        var dumped = ""
        dump(server, to: &dumped)
        dump([server], to: &dumped)
        let printed = [dumped, "\(server)", String(reflecting: server), "\(Optional(server) as Any)", "\([server])"]
        #expect(printed.allSatisfy { !$0.contains("hunter2") })
    }
}
