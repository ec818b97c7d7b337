internal import Core

extension AccountsFeature {
    /// What speaks against a password that somebody chooses; nil when nothing does.
    /// - Parameter person: the owner's addresses and names: no password may be made of these alone, nor of the city's.
    func problem(
        _ password: String, about person: [String], hasSecondStep: Bool = false, _ visit: Visit
    ) async throws -> PasswordRules.Problem? {
        if let problem = PasswordRules.problem(password, about: person + ownWords(visit.city), hasSecondStep: hasSecondStep) {
            return problem
        }
        guard let breached else { return nil }
        return try await hasher.run { try breached.contain(password) } ? .breached : nil
    }
}
