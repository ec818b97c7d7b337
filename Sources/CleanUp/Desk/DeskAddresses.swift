internal import Core
internal import HTML

/// The pages of likely duplicates, below `CleanUpAddresses.desk`.
enum DeskAddresses {
    static let batch = PlainAddress("/staff/desk/clean-up/batch")
    static let oneBatch = Address<String>("/staff/desk/clean-up/batch/{batch}")
    /// Two contacts by their public ids.
    static let pair = Address<String, String>("/staff/desk/clean-up/{a}/{b}")
    static let different = Address<String, String>("/staff/desk/clean-up/{a}/{b}/different")
    static let later = Address<String, String>("/staff/desk/clean-up/{a}/{b}/later")
    static let undo = Address<String, String>("/staff/desk/clean-up/{a}/{b}/undo")

    static func pair(_ pair: ContactPair) -> Link { DeskAddresses.pair(pair.publicIDs.a, pair.publicIDs.b) }
}
