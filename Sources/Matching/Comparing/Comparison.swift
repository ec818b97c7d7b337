/// What the comparison of two records found.
struct Comparison: Sendable {
    var levels = MatchLevels()
    /// In how many records the value that is the same in both stands, by field; 0 when none is.
    var frequencies = Frequencies()

    /// One number a field, without memory of its own.
    struct Frequencies: Sendable {
        private var values = SIMD16<UInt32>()
        subscript(_ field: MatchField) -> UInt32 {
            get { values[field.rawValue] }
            set { values[field.rawValue] = newValue }
        }
        func raw(_ field: Int) -> UInt32 { values[field] }
    }
}
