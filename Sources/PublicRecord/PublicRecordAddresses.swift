public import HTML

/// The addresses of the public record.
public enum PublicRecordAddresses {
    /// The search, with its box `q`: other pages send what people type there.
    public static let search = PlainAddress("/search")
    static let file = PlainAddress("/search.csv")
}
