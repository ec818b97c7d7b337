internal import Foundation
internal import JWTKit
internal import Primitives

/// What the provider says about a person, and signs (OpenID Connect Core 1.0, 2).
struct IdentityToken: JWTPayload {
    let iss: String
    let sub: String
    let aud: Audience
    let azp: String?
    let exp: Date
    let iat: Date
    let nonce: String?
    /// When the person was last asked who they are.
    let authTime: Date?
    /// How they showed it (RFC 8176).
    let amr: [String]?
    let name: String?
    let email: String?
    let preferredUsername: String?

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, azp, exp, iat, nonce, amr, name, email
        case authTime = "auth_time"
        case preferredUsername = "preferred_username"
    }

    /// For whom the token is: one name, or a list, which may be empty.
    struct Audience: Codable, Sendable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            names = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(names)
        }
    }

    /// Clocks of two machines differ a little.
    private static let tolerance = 60.0
    /// The ways of showing who one is that the provider counts as a second step.
    private static let secondSteps: Set<String> = ["mfa", "otp", "hwk", "swk", "pop", "sc"]

    /// The signature is checked before this; what the token says, in `problem`, because that needs to know what was asked.
    func verify(using _: some JWTAlgorithm) throws {}

    /// What speaks against the token; nil when it may be believed (OpenID Connect Core 1.0, 3.1.3.7).
    /// - Parameter nonce: what this browser's question carried.
    func problem(from provider: OpenIDProvider, nonce: String, at now: Instant) -> String? {
        let now = Date(timeIntervalSince1970: Double(now.microseconds) / 1_000_000)
        if iss != provider.issuer { return "it is of the issuer \(iss), not of \(provider.issuer)" }
        if !aud.names.contains(provider.clientID) { return "it is for \(aud.names.joined(separator: ", "))" }
        if let azp, azp != provider.clientID { return "it was given to \(azp)" }
        if aud.names.count > 1, azp == nil { return "it is for several and does not say for whom" }
        if self.nonce != nonce { return "it answers another question" }
        if exp.addingTimeInterval(Self.tolerance) < now { return "it ended at \(exp)" }
        if iat.addingTimeInterval(-Self.tolerance) > now { return "it begins at \(iat)" }
        if sub.isEmpty || sub.utf8.count > 255 { return "its subject is no subject" }
        return nil
    }

    var identity: StaffIdentity {
        StaffIdentity(
            issuer: iss, subject: sub, label: tidied(preferredUsername ?? email ?? name ?? sub),
            askedAt: authTime.map { Instant(microseconds: Int64($0.timeIntervalSince1970 * 1_000_000)) },
            hasSecondStep: !Self.secondSteps.isDisjoint(with: amr ?? []))
    }
}

/// Somebody as the city's sign-in service knows them. The issuer and the subject together are the person; a name or an email address
/// is only shown, because the service may give it to somebody else one day.
struct StaffIdentity: Sendable, Hashable {
    let issuer: String
    let subject: String
    /// What the person recognizes their account by.
    let label: String
    /// When the service last asked the person who they are; nil when it does not say.
    let askedAt: Instant?
    /// Whether more than a password was asked for there.
    let hasSecondStep: Bool
}
