import Primitives
import Testing

@testable import Accounts

@Suite struct TOTPTests {
    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func `the codes are those of the standard`(_ seconds: Int64, _ code: String) {
        let totp = TOTP(seed: Array("12345678901234567890".utf8))
        #expect(totp.code(step: TOTP.step(at: Instant(seconds: seconds))) == code)
    }

    @Test func `a code is good in its half minute and the one after, and once`() {
        let totp = TOTP(seed: Array(repeating: 7, count: 20))
        let now = Instant(seconds: 1_800_000_000)
        let step = TOTP.step(at: now)
        let code = totp.code(step: step)
        #expect(totp.accepts(code, at: now, after: 0) == step)
        #expect(totp.accepts(" \(code.prefix(3)) \(code.suffix(3))", at: now, after: 0) == step)
        #expect(totp.accepts(code, at: now + .seconds(30), after: 0) == step)
        #expect(totp.accepts(code, at: now + .seconds(60), after: 0) == nil)
        #expect(totp.accepts(code, at: now - .seconds(30), after: 0) == nil)
        #expect(totp.accepts(code, at: now, after: step) == nil)
        for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] { #expect(totp.accepts(wrong, at: now, after: 0) == nil) }
    }

    @Test func `the key is written as apps read it`() {
        #expect(Base32.encode(Array("foobar".utf8)) == "MZXW6YTBOI")
        #expect(Base32.encode([]) == "" && Base32.encode([0xFF]) == "74")
        #expect(Base32.grouped("MZXW6YTBOI") == "MZXW 6YTB OI")
        let address = TOTP(seed: Array("foobar".utf8)).address(account: "ada+1@example.org", issuer: "City of Boulder")
        #expect(
            address
                == "otpauth://totp/City%20of%20Boulder:ada%2B1@example.org?secret=MZXW6YTBOI&issuer=City%20of%20Boulder")
        #expect(QRCode(address).map(\.size) ?? 0 >= 21)
    }
}
