internal import CityPack
internal import HTML
internal import Primitives

/// What the filters of the search offer, as a city's pack says it in one language.
struct SearchChoices: Sendable {
    let kinds: PreparedChoices
    let types: PreparedChoices
    let statuses: PreparedChoices
    let work: PreparedChoices
    let brackets: PreparedChoices
    let orders: PreparedChoices

    struct Answer: Hashable, Sendable {
        let question: String
        let value: String
    }
    /// A filter as it is shown with its answer.
    let shown = Memo<Answer, HTML>(atMost: 300)

    private struct Edition: Hashable {
        let pack: String
        let language: Language
    }
    /// Packs change a few times a year.
    private static let made = Memo<Edition, SearchChoices>(atMost: 16)

    static func of(_ pack: CityPack, _ t: Voice) -> SearchChoices {
        made.value(Edition(pack: pack.hash, language: t.language)) { SearchChoices(pack, t) }
    }

    private init(_ pack: CityPack, _ t: Voice) {
        let names = EntryNames(pack: pack, t: t)
        func list(_ any: WordKey, _ known: [(key: String, name: String)]) -> PreparedChoices {
            PreparedChoices([Choice(value: "", title: t(any))] + known.map { Choice(value: $0.key, title: $0.name) })
        }
        let used = CaseModule.allCases.filter { module in pack.caseTypes.contains { $0.module == module } }
        kinds = list("publicRecord.search.anyKind", used.map { ($0.rawValue, names.kind($0.rawValue)) })
        types = list("publicRecord.search.anyType", pack.caseTypes.map { ($0.key, t($0.name)) })
        statuses = list("publicRecord.search.anyStatus", pack.statuses.map { ($0.key, t($0.name)) })
        // Every work class of the city once, by name.
        var seen: Set<String> = []
        work = list(
            "publicRecord.search.anyWork",
            pack.caseTypes.flatMap(\.workClasses).filter { seen.insert($0.key).inserted }.map { ($0.key, t($0.name)) }
                .sorted { $0.1 < $1.1 })
        brackets = list(
            "publicRecord.search.anyValue", ValuationBracket.allCases.map { ($0.rawValue, SearchChoices.name($0, t)) })
        orders = list("publicRecord.search.byNewest", [(SearchOrder.oldest.rawValue, t("publicRecord.search.byOldest"))])
    }

    static func name(_ bracket: ValuationBracket, _ t: Voice) -> String {
        func whole(_ amount: Money) -> WordArgument { .text("$" + grouped(Int(amount.cents / 100))) }
        guard let end = bracket.end else { return t("publicRecord.search.valueFrom", ["least": whole(bracket.least)]) }
        return bracket.least == .zero
            ? t("publicRecord.search.valueBelow", ["end": whole(end)])
            : t("publicRecord.search.valueBetween", ["least": whole(bracket.least), "end": whole(end)])
    }
}
