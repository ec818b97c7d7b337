/// How a name sounds, in four places: its first letter and up to three groups of consonants (Soundex, Russell and Odell 1918).
/// 0 when the text has no letter. Packed into a number.
func soundex(_ text: some Sequence<UInt8>) -> UInt32 {
    var code: UInt32 = 0
    var places = 0
    var last: UInt8 = 0
    for byte in text {
        guard (97...122).contains(byte) else { continue }
        let group = soundexGroups[Int(byte - 97)]
        if places == 0 {
            code = UInt32(byte)
            places = 1
        } else if group != 0, group != last {
            code = code << 8 | UInt32(group)
            places += 1
            if places == 4 { break }
        }
        // A letter between two of one group parts them, unless it is h or w.
        if byte != UInt8(ascii: "h"), byte != UInt8(ascii: "w") { last = group }
    }
    return code
}

/// a to z.
private let soundexGroups: [UInt8] = [
    0, 1, 2, 3, 0, 1, 2, 0, 0, 2, 2, 4, 5, 5, 0, 1, 2, 6, 2, 3, 0, 1, 0, 2, 0, 2,
]
