internal import CityPack
internal import HTML
internal import Primitives

/// Explains one thing on a page of its own (A5, B4, C4). Plain values: the page, the list of all guides and the search over them come
/// from the same ones. Its sentences may name what is the city's own (`City.guideWords`).
struct Guide: Sendable {
    let address: PlainAddress
    let title: WordKey
    /// What it is for, in a sentence or two.
    let lead: WordKey
    /// What stands before the first heading.
    let opening: [GuideBlock]
    let sections: [GuideSection]
    /// What people ask the help desk about that this guide may have answered already.
    let answers: [TopicKind]
    /// For people who work for the city. Everybody may read it.
    let isForStaff: Bool

    init(
        _ address: PlainAddress, title: WordKey, lead: WordKey, opening: [GuideBlock] = [], sections: [GuideSection] = [],
        answers: [TopicKind] = [], isForStaff: Bool = false
    ) {
        self.address = address
        self.title = title
        self.lead = lead
        self.opening = opening
        self.sections = sections
        self.answers = answers
        self.isForStaff = isForStaff
    }
}

/// A part of a guide with a heading that can be linked to.
struct GuideSection: Sendable {
    /// Its place on the page. It stays, like the page's address.
    let anchor: String
    let title: WordKey
    /// Of many sections, those about one thing stand together below this heading.
    let chapter: WordKey?
    let blocks: [GuideBlock]

    init(_ anchor: String, title: WordKey, chapter: WordKey? = nil, blocks: [GuideBlock]) {
        self.anchor = anchor
        self.title = title
        self.chapter = chapter
        self.blocks = blocks
    }
}

enum GuideBlock: Sendable {
    case paragraph(WordKey)
    /// One after the other, with numbers.
    case steps([GuideStep])
    /// A sentence that ends with the number of the inspection line.
    case inspectionLine(WordKey)
    /// Where to read on or do it.
    case links([GuideLink])
    /// What to do now; the first button is the main one.
    case buttons([GuideLink])
    /// Every contact type of the city pack.
    case contactTypes
}

/// One step, with what it looks like.
struct GuideStep: Sendable {
    let text: WordKey
    let pictures: [GuidePicture]

    init(_ text: WordKey, _ pictures: GuidePicture...) {
        self.text = text
        self.pictures = pictures
    }
}

struct GuideLink: Sendable {
    let title: WordKey
    let link: Link

    init(_ title: WordKey, _ link: Link) {
        self.title = title
        self.link = link
    }
}

extension City {
    /// What the sentences of a guide may name: the day of the change of systems, the phone, and within how many working days the city
    /// answers.
    var guideWords: [String: WordArgument] {
        ["date": .date(cutOver), "phone": .text(phone), "count": .number(responseWorkingDays)]
    }
}
