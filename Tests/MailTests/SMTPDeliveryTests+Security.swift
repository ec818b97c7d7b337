import Testing

@testable import Mail

/// TLS and login.
extension SMTPDeliveryTests {
    private static let login = "permits%40boulder.example:p%40ss%2Fword%3A%20100%25%3F"

    @Test(arguments: ["smtp", "smtps"])
    func `a mail goes over TLS with a login`(_ scheme: String) async throws {
        try await Sink.running(scheme == "smtp" ? "--starttls" : "--tls", "--auth") { sink in
            let certificate = try #require(sink.certificate)
            let server = try SMTPServer("\(scheme)://\(Self.login)@127.0.0.1:\(sink.port)?tls=required&ca=\(certificate)")
            let delivery = SMTPDelivery(server)
            #expect(await delivery.check() == nil)
            guard case .accepted = try await deliver(to: "ana@example.org", by: delivery) else {
                Issue.record("not accepted")
                return
            }
            let received = try await sink.next()
            #expect(received.tls)
            #expect(received.login == "permits@boulder.example")
            await delivery.close()
        }
    }

    @Test func `a certificate that is not trusted stops the mail`() async throws {
        try await Sink.running("--starttls") { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)?tls=required"))
            guard case .later(let reason) = try await deliver(to: "ana@example.org", by: delivery) else {
                Issue.record("not later")
                return
            }
            #expect(reason.contains("certificate that is not trusted"))
            #expect(await delivery.check() == reason)
            await delivery.close()

            // On this machine and without a login any certificate will do.
            let local = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"))
            guard case .accepted = try await deliver(to: "ana@example.org", by: local) else {
                Issue.record("not accepted")
                return
            }
            #expect(try await sink.next().tls)
            await local.close()
        }
    }

    @Test func `check names what is wrong with TLS and login`() async throws {
        try await Sink.running { sink in
            let place = "127.0.0.1:\(sink.port)"
            try await check("smtp://\(place)?tls=required", says: "does not offer TLS")
            try await check("smtp://\(place)?tls=none", says: nil)
            try await check("smtps://\(place)", says: "TLS with the mail server")
            try await check("smtp://\(Self.login)@\(place)?tls=none", says: "offers no login")
            try await check("smtps://\(place)?ca=/nowhere/ca.pem", says: "cannot be read")
        }
        try await Sink.running("--auth", "--plain-auth") { sink in
            let place = "127.0.0.1:\(sink.port)"
            try await check("smtp://\(Self.login)@\(place)?tls=none", says: nil)
            try await check("smtp://permits:hunter2@\(place)?tls=none", says: "refused the login: 535 5.7.8")
            let delivery = try SMTPDelivery(SMTPServer("smtp://permits:hunter2@\(place)?tls=none"))
            guard case .later(let reason) = try await deliver(to: "ana@example.org", by: delivery) else {
                Issue.record("not later")
                return
            }
            #expect(reason.contains("refused the login"))
            #expect(!reason.contains("hunter2"))
            let stranger = try SMTPDelivery(SMTPServer("smtp://\(place)"))
            guard case .later(let wanted) = try await deliver(to: "ana@example.org", by: stranger) else {
                Issue.record("not later")
                return
            }
            #expect(wanted.contains("530"))
        }
        try await check("smtp://no-such-host.invalid", says: "is not known")
    }

    private func check(_ setting: String, says part: String?) async throws {
        let delivery = try SMTPDelivery(SMTPServer(setting))
        let said = await delivery.check()
        if let part { #expect(said?.contains(part) == true, "\(said ?? "nil")") } else { #expect(said == nil) }
        await delivery.close()
    }
}
