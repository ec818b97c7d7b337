internal import CityPack
public import Core
public import Database
public import Primitives

/// The newest thing that happened with a case, as everybody may know it: for lists of cases that somebody watches without being on them.
public struct CaseNews: Sendable {
    /// In the reader's language.
    public let sentence: String
    public let day: CivilDate
    /// To sort by.
    public let at: Instant

    /// Larger cases are told of only to who may know them: not here.
    private static let kinds = CaseTelling.all.filter { $0.visibility == .public && $0.kind != .parentLinked }.map(\.kind)

    /// What happened last, of each case of which anything is known: out of its timeline, or the day it was issued or finished. One
    /// statement.
    /// - Parameter summaries: as the public sees them.
    public static func newest(
        of summaries: [CaseSummary], _ city: CityContext, _ t: Voice, _ conn: Connection
    ) throws -> [CaseID: CaseNews] {
        let facts = try CaseNews.facts(of: summaries, city, conn)
        var news: [CaseID: CaseNews] = [:]
        for summary in summaries {
            // Of two on one day, the later step stands first.
            var known: [CaseNews] = []
            func add(_ day: CivilDate?, _ key: WordKey) {
                guard let day, day <= city.cityClock.today else { return }
                known.append(CaseNews(sentence: t(key), day: day, at: city.cityClock.start(of: day)))
            }
            add(summary.finalized, "cases.told.finished")
            add(summary.issued, "cases.told.issued")
            if let fact = facts[summary.id] {
                known.append(
                    CaseNews(
                        sentence: try sentence(of: fact, summary, city, t, conn), day: city.cityClock.date(of: fact.at),
                        at: fact.at))
            }
            news[summary.id] = known.max { $0.at < $1.at }
        }
        return news
    }

    /// The newest public fact of each case that has one.
    public static func facts(
        of summaries: [CaseSummary], _ city: CityContext, _ conn: Connection
    ) throws -> [CaseID: Fact] {
        let found = try FactLog.newest(kinds, about: summaries.map { .case($0.id) }, conn)
        var facts: [CaseID: Fact] = [:]
        for summary in summaries {
            guard let fact = found[.case(summary.id)], let telling = CaseTelling.of(fact),
                try city.pack(summary.packHash, conn).field(telling.field)?.visibility == .public
            else { continue }
            facts[summary.id] = fact
        }
        return facts
    }

    /// A fact out of `facts(of:)` as a sentence with the city's words.
    public static func sentence(
        of fact: Fact, _ summary: CaseSummary, _ city: CityContext, _ t: Voice, _ conn: Connection
    ) throws -> String {
        guard let telling = CaseTelling.of(fact) else { return "" }
        return telling.tell(fact, try city.pack(summary.packHash, conn), t)
    }
}
