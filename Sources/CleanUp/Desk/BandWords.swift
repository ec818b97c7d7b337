internal import Core
internal import HTML
internal import Matching
internal import Primitives

/// The bands in words, with the error that the program expects of them.
struct BandWords {
    let t: Voice
    init(_ t: Voice) { self.t = t }

    /// What the last look expects of the pairs of a band; nil for lists that people made.
    func expected(_ tab: PairTab, _ model: StoredModel?, _ visit: Visit) -> String? {
        guard tab == .same || tab == .review else { return nil }
        guard let model else { return t("cleanUp.desk.notYet") }
        let day = visit.city.cityClock.date(of: visit.city.cityClock.shown(model.madeAt))
        var values: [String: WordArgument] = ["date": .date(day), "contacts": .number(model.contacts)]
        switch tab {
        case .same:
            values["count"] = .number(model.samePairs)
            values["wrong"] = .text(amount(model.sameWrong, of: model.samePairs))
            return t("cleanUp.desk.expectedSame", values)
        default:
            values["count"] = .number(model.reviewPairs)
            values["right"] = .text(amount(model.reviewRight, of: model.reviewPairs))
            return t("cleanUp.desk.expectedReview", values)
        }
    }

    /// Thousandths of a pair to the tenth; a little is never nothing.
    private func amount(_ thousandths: Int, of pairs: Int) -> String {
        guard pairs > 0 else { return "0" }
        return thousandths < 100 ? t("cleanUp.desk.aLittle") : PairWords.points((thousandths + 50) / 100)
    }

    /// Where a pair stands, as a tag.
    func state(_ pair: ContactPair) -> HTML {
        switch pair.state {
        case .open:
            pair.band == .same ? tag(t("cleanUp.desk.tagSame"), .attention) : tag(t("cleanUp.desk.tagReview"), .waiting)
        case .same: tag(t("cleanUp.desk.tagMerged"), .good)
        case .different: tag(t("cleanUp.desk.tagDifferent"), .good)
        case .later: tag(t("cleanUp.desk.tagLater"), .calm)
        }
    }

    /// What the band of a pair means.
    func meaning(_ pair: ContactPair) -> String {
        switch pair.band {
        case .same: t("cleanUp.desk.meansSame")
        case .review: t("cleanUp.desk.meansReview")
        }
    }
}
