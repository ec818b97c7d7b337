internal import Core
internal import Primitives
internal import Web

/// One try to show something. Each is counted and noted before anybody looks whether it is right, and whatever is wrong with it gets
/// the same answer from the same work: an unknown number, a wrong code, a confidential case.
enum ClaimTry {
    /// - Parameters:
    ///   - target: what is guessed at, known or not. It stands nowhere as text.
    ///   - count: what else counts tries, in the same transaction.
    ///   - take: what follows when the evidence is right; nil when anything is wrong.
    static func run(
        _ visit: Visit, evidence: String, target: String,
        count: @escaping @Sendable (AccountID, Change) throws -> Void = { _, _ in },
        take: @escaping @Sendable (AccountID, Change) throws -> Visit.Outcome?
    ) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let hashed = sha256("\(evidence)|\(target)")
        // Counted on its own: a wrong answer must not take its count back.
        try await visit.write { change in
            guard try change.allows(.claimPerAccount, account.description),
                try change.allows(.claimPerAddress, visit.request.remoteAddress), try change.allows(.claimPerTarget, hashed)
            else { throw Refusal.tooMany }
            try count(account, change)
            try change.record(
                NewFact(
                    .claimTried, about: .account(account),
                    ["evidence": .string(evidence), "target": .string(String(hashed.prefix(16)))]))
        }
        return try await visit.change { change in
            guard let outcome = try take(account, change) else { throw visit.submission.refusing("claims.noMatch") }
            return outcome
        }
    }
}
