internal import HTML
internal import Primitives

/// A part that pages are made of: what it is for, and how it looks in each of its states.
struct Pattern: Sendable {
    /// One state, as a page would show it. Its texts are samples, in English.
    struct State: Sendable {
        let name: WordKey
        let sample: HTML

        init(_ name: WordKey, _ sample: HTML) {
            self.name = name
            self.sample = sample
        }
    }

    /// The anchor on the page, and the name of its snapshot.
    let id: String
    let name: WordKey
    let purpose: WordKey
    let states: [State]

    init(_ id: String, _ name: WordKey, for purpose: WordKey, _ states: State...) {
        self.id = id
        self.name = name
        self.purpose = purpose
        self.states = states
    }

    /// In the order in which somebody builds a page: where one is, what is said, what is shown, what is asked, what can be done.
    static let all = sayings + records + questions + deeds

    /// Where a sample's links lead: back to the page itself.
    static let here = AdministrationAddresses.patterns()

    /// A name as long as any city has met, without a place to break it.
    static let longName = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
}
