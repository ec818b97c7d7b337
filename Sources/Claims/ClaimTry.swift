internal import Core
internal import Primitives
internal import Web

/// One try to show something. Each is counted and noted before anybody looks whether it is right, and whatever is wrong with it gets
/// the same answer from the same work: an unknown number, a wrong code, a confidential case. A form that was taken is not tried again.
enum ClaimTry {
    /// - Parameters:
    ///   - target: what is guessed at, known or not. It stands nowhere as text.
    ///   - count: what else counts tries, in the same transaction.
    ///   - prepare: what takes long and needs no database. Nobody whose tries are used up has it done.
    ///   - take: what follows when the evidence is right; nil when anything is wrong.
    static func run<Prepared: Sendable>(
        _ visit: Visit, evidence: String, target: String,
        count: @escaping @Sendable (AccountID, Change) throws -> Void = { _, _ in },
        prepare: @Sendable (AccountID) async throws -> Prepared,
        take: @escaping @Sendable (AccountID, Prepared, Change) throws -> Visit.Outcome?
    ) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let hashed = sha256("\(evidence)|\(target)")
        // Counted on its own: a wrong answer must not take its count back.
        let earlier: Visit.Outcome? = try await visit.write { change in
            if let outcome = try visit.earlier(change.conn) { return outcome }
            guard try change.allows(.claimPerAccount, account.description),
                try change.allows(.claimPerAddress, visit.request.network), try change.allows(.claimPerTarget, hashed)
            else { throw Refusal.tooMany }
            try count(account, change)
            try change.record(
                NewFact(
                    .claimTried, about: .account(account),
                    ["evidence": .string(evidence), "target": .string(String(hashed.prefix(16)))]))
            return nil
        }
        if let earlier { return visit.redirect(earlier) }
        let prepared = try await prepare(account)
        return try await visit.change { change in
            guard let outcome = try take(account, prepared, change) else { throw visit.submission.refusing("claims.noMatch") }
            return outcome
        }
    }

    /// The same for what needs no preparing.
    static func run(
        _ visit: Visit, evidence: String, target: String,
        take: @escaping @Sendable (AccountID, Change) throws -> Visit.Outcome?
    ) async throws -> WebResponse {
        try await run(
            visit, evidence: evidence, target: target, prepare: { _ in },
            take: { account, _, change in
                try take(account, change)
            })
    }
}
