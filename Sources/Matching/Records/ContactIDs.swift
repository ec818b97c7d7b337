/// What the contacts are called in the file, one after the other in one piece of memory.
struct ContactIDs: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = [0]

    var count: Int { ends.count - 1 }

    mutating func add(_ id: String) {
        bytes.append(contentsOf: id.utf8)
        ends.append(UInt32(bytes.count))
    }

    subscript(_ index: Int) -> ArraySlice<UInt8> { bytes[Int(ends[index])..<Int(ends[index + 1])] }
}
