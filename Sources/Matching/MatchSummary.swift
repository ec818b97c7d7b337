extension ContactMatcher {
    /// What each pass did, and what was learned: for people who want to check.
    public var summary: String {
        let passes = blocking.passes.map { "  \($0.name): \($0.pairs), skipped \($0.skippedBlocks) \($0.skippedRecords)" }
        let weights = MatchField.allCases.map { field in
            "  \(field.column): " + model.weights[field.rawValue].map { "\(($0 * 10).rounded() / 10)" }.joined(separator: " ")
        }
        return (passes + weights + ["\(model.priors) \(model.evidence) households \(model.hasHouseholds)"]).joined(separator: "\n")
    }
}
