internal import CityPack
internal import HTML
internal import Primitives

/// Finds what the guides say about a question, in one language. Accents, capitals and the plural's `s` do not matter, and of the last
/// word its beginning is enough. A part of a guide fits when it has every word of the question but the small ones ("How do I …"); when
/// none has, those fit that have its rarest words.
struct GuideSearch: Sendable {
    /// What stands below one heading, or before the first.
    struct Part: Sendable, Hashable {
        /// The title of the guide.
        let guide: String
        /// Empty for what stands before the first heading.
        let heading: String
        let sentences: [String]
        let link: Link
        /// Comes after what is as good and for everybody.
        var isForStaff = false
    }

    struct Hit: Sendable, Hashable {
        let part: Part
        /// The one that fits best.
        let sentence: String
    }

    private static let mostHits = 8
    private static let mostOfOneGuide = 3

    private let parts: [IndexedPart]
    private let smallWords: Set<String>

    /// - Parameter smallWords: those of the language that say nothing in a question, with spaces between them.
    init(_ parts: [Part], smallWords: String = "") {
        self.parts = parts.map(IndexedPart.init)
        self.smallWords = Set(foldedForSearch(smallWords).split(separator: " ").map(String.init))
    }

    /// The best first; nothing for a question without a word.
    func find(_ question: String) -> [Hit] {
        let words = AskedWord.words(of: question, without: smallWords)
        guard !words.isEmpty else { return [] }
        let weights = weights(of: words)
        var found = parts.enumerated().map { index, part in
            Found(index: index, part: part, hasAll: words.allSatisfy(part.has), score: part.score(words, weights))
        }
        if found.contains(where: \.hasAll) {
            found.removeAll { !$0.hasAll }
        } else {
            let best = found.map(\.score).max() ?? 0
            found.removeAll { $0.score <= 0 || $0.score < best / 2 }
        }
        found.sort { ($1.score, $0.index) < ($0.score, $1.index) }
        var shown: [String: Int] = [:]
        let hits = found.filter { found in
            shown[found.part.part.guide, default: 0] += 1
            return shown[found.part.part.guide, default: 0] <= GuideSearch.mostOfOneGuide
        }
        return hits.prefix(GuideSearch.mostHits).map { Hit(part: $0.part.part, sentence: $0.part.sentence(words, weights)) }
    }

    /// The rarer a word is in the guides, the more it says.
    private func weights(of words: [AskedWord]) -> [Double] {
        words.map { word in
            let count = parts.count { $0.has(word) }
            return count == 0 ? 0 : (Double(parts.count) / Double(count)).squareRoot()
        }
    }

    private struct Found {
        let index: Int
        let part: IndexedPart
        let hasAll: Bool
        let score: Double
    }
}

// MARK: In memory

extension GuideSearch {
    private struct Edition: Hashable {
        let pack: String
        let language: Language
    }
    /// Packs change a few times a year.
    private static let made = Memo<Edition, GuideSearch>(atMost: 16)

    /// Over all guides, as they are said in this language with this pack.
    static func of(_ pack: CityPack, _ t: Voice) -> GuideSearch {
        made.value(Edition(pack: pack.hash, language: t.language)) {
            GuideSearch(Guide.all.flatMap { $0.parts(pack, t) }, smallWords: t("portal.guideIndex.smallWords"))
        }
    }
}

extension Guide {
    /// What the search knows of the guide: a part for each place that can be linked to.
    func parts(_ pack: CityPack, _ t: Voice) -> [GuideSearch.Part] {
        let words = pack.city.guideWords
        func sentences(_ keys: [WordKey]) -> [String] { keys.flatMap { Guide.sentences(of: t($0, words)) } }
        let name = t(title, words)
        let top = GuideSearch.Part(
            guide: name, heading: "", sentences: sentences([lead] + opening.flatMap(\.texts)), link: address(),
            isForStaff: isForStaff)
        let below = sections.map { section in
            GuideSearch.Part(
                guide: name, heading: t(section.title, words), sentences: sentences(section.blocks.flatMap(\.texts)),
                link: address().with([], fragment: section.anchor), isForStaff: isForStaff)
        }
        guard opening.contains(where: \.isContactTypes) else { return [top] + below }
        let types = pack.contactTypes.map { type in
            GuideSearch.Part(
                guide: name, heading: t(type.name), sentences: [t(type.explanation), t(type.example)],
                link: address().with([], fragment: type.key))
        }
        return [top] + types + below
    }

    /// A text cut where a sentence ends.
    static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        var sentence = ""
        for word in text.split(separator: " ") {
            sentence += sentence.isEmpty ? String(word) : " \(word)"
            guard let last = word.last, ".?!".contains(last) else { continue }
            sentences.append(sentence)
            sentence = ""
        }
        if !sentence.isEmpty { sentences.append(sentence) }
        return sentences
    }
}

extension GuideBlock {
    fileprivate var texts: [WordKey] {
        switch self {
        case .paragraph(let text), .inspectionLine(let text): [text]
        case .steps(let steps): steps.map(\.text)
        case .links, .buttons, .contactTypes: []
        }
    }

    fileprivate var isContactTypes: Bool { if case .contactTypes = self { true } else { false } }
}

// MARK: Words

/// A word of the question.
private struct AskedWord {
    let text: String
    let stem: String
    /// The last word may still be being typed.
    let isLast: Bool

    /// A question of small words alone keeps them.
    static func words(of question: String, without small: Set<String>) -> [AskedWord] {
        let all = foldedForSearch(question).split(separator: " ").map(String.init)
        let words = all.contains { !small.contains($0) } ? all.filter { !small.contains($0) } : all
        return words.enumerated().map { index, word in
            AskedWord(text: word, stem: GuideText.stem(of: word), isLast: index == words.count - 1)
        }
    }
}

private struct GuideText: Sendable {
    private let words: [String]
    private let stems: Set<String>

    init(_ text: String) {
        words = foldedForSearch(text).split(separator: " ").map(String.init)
        stems = Set(words.map(GuideText.stem))
    }

    func has(_ word: AskedWord) -> Bool {
        stems.contains(word.stem) || (word.isLast && words.contains { $0.hasPrefix(word.text) })
    }

    func score(_ asked: [AskedWord], _ weights: [Double]) -> Double {
        zip(asked, weights).reduce(0) { $0 + (has($1.0) ? $1.1 : 0) }
    }

    /// One and many are the same word: `case` and `cases`, `company` and `companies`, `dirección` and `direcciones`.
    static func stem(of word: String) -> String {
        guard word.count > 3 else { return word }
        var stem = Substring(word)
        if stem.hasSuffix("s") { stem = stem.dropLast() }
        if stem.hasSuffix("e") { stem = stem.dropLast() }
        return stem.hasSuffix("y") ? "\(stem.dropLast())i" : String(stem)
    }
}

private struct IndexedPart: Sendable {
    let part: GuideSearch.Part
    private let guide: GuideText
    private let heading: GuideText
    private let sentences: [GuideText]
    private let body: GuideText

    init(_ part: GuideSearch.Part) {
        self.part = part
        guide = GuideText(part.guide)
        heading = GuideText(part.heading)
        sentences = part.sentences.map(GuideText.init)
        body = GuideText(part.sentences.joined(separator: " "))
    }

    func has(_ word: AskedWord) -> Bool { body.has(word) || heading.has(word) || guide.has(word) }

    /// A heading says more about a part than a sentence in it, and so does the title for what stands right below it.
    func score(_ asked: [AskedWord], _ weights: [Double]) -> Double {
        let title = guide.score(asked, weights) * (part.heading.isEmpty ? 3 : 1)
        let score = title + heading.score(asked, weights) * 3 + body.score(asked, weights)
        return part.isForStaff ? score / 2 : score
    }

    func sentence(_ asked: [AskedWord], _ weights: [Double]) -> String {
        let scores = sentences.map { $0.score(asked, weights) }
        guard let best = scores.max(), let place = scores.firstIndex(of: best) else { return "" }
        return part.sentences[place]
    }
}
