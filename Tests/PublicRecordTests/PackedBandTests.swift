import Testing

@testable import PublicRecord

/// What of an entry is packed, and whether an entry holds it.
struct PackedBandTests {
    @Test func `words are parted at spaces and beginnings cut as the text indexes do, whatever people write`() {
        let words = "kitchen k_permit d8_2500 c_peak \u{0915}\u{093F}\u{0915}\u{093E}\u{092C} \u{093E}x 80302"
        var band = PackedBand(0)
        band.add(1, words: words)
        let packed = Set(band.words(inAtLeast: 1).map(\.word))
        #expect(
            packed == [
                "kitchen", "b_ki", "k_permit", "c_peak", "\u{0915}\u{093F}\u{0915}\u{093E}\u{092C}", "b_\u{0915}\u{093F}",
                "\u{093E}x", "b_\u{093E}x", "80302", "b_80",
            ])
        for word in packed { #expect(PackedBand.holds(words, all: [word]), "\(word)") }
        #expect(PackedBand.holds(words, all: ["kitchen", "b_80", "k_permit"]))
        for other in ["b_d8", "d8_2500", "kitch", "b_k_", "b_ke"] { #expect(!PackedBand.holds(words, all: [other]), "\(other)") }
    }

    @Test func `what a text index would take for the words of days is no beginning`() {
        for text in ["d1", "d6", "d64", "d51", "d8"] { #expect(SearchMark.bandsBegin(with: text)) }
        for text in ["d", "d2", "d10", "dr", "d641"] { #expect(!SearchMark.bandsBegin(with: text)) }
    }
}
