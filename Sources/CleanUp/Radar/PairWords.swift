internal import Core
internal import Matching
internal import Primitives

/// Why two records may be one, said in sentences that carry their weights. The weights shown add up to the score shown (B8).
struct PairWords {
    let t: Voice
    init(_ t: Voice) { self.t = t }

    /// Every weight with its sentence, in the order in which they are kept.
    func reasons(_ weights: PairWeights) -> [(sentence: String, tenths: Int)] {
        weights.weights.map { (sentence($0, weights.doubt), $0.tenths) }
    }

    /// What differs, as a short list: "Differs: email, ZIP code".
    func differences(_ weights: PairWeights?) -> String {
        let fields = (weights?.levels ?? []).filter { !$0.isSameValue }.map { t(PairWords.name($0.field)) }
        return fields.isEmpty
            ? t("cleanUp.radar.nothingDiffers")
            : t("cleanUp.radar.differs", ["fields": .text(fields.joined(separator: ", "))])
    }

    /// All of it in one line, as a merge keeps it.
    func evidence(_ pair: ContactPair) -> String {
        let list = pair.weights.map { reasons($0).map { "\($0.sentence) \(PairWords.points($0.tenths, signed: true))" } } ?? []
        return "\(list.joined(separator: "; ")) = \(PairWords.points(pair.tenths))"
    }

    /// Tenths of a point as people read them: `7.5`, `+7.5`, `−1.0`.
    static func points(_ tenths: Int, signed: Bool = false) -> String {
        let sign = tenths < 0 ? "−" : (signed ? "+" : "")
        return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    private func sentence(_ weight: PairWeights.Weight, _ doubt: MatchDoubt?) -> String {
        switch weight.reason {
        case .field(let field, let level): sentence(field, level)
        case .suffix: weight.tenths > 0 ? t("cleanUp.radar.suffix.same") : t("cleanUp.radar.suffix.differs")
        case .household: t("cleanUp.radar.household")
        case .caution: doubt.map { t(PairWords.name($0)) } ?? t("cleanUp.radar.doubt.other")
        case .prior: t("cleanUp.radar.prior")
        }
    }

    private func sentence(_ field: MatchField, _ level: MatchLevel) -> String {
        let name: [String: WordArgument] = ["field": .text(t(PairWords.name(field)))]
        let sentence =
            switch level {
            case .same: t("cleanUp.radar.level.same", name)
            case .near: t("cleanUp.radar.level.near", name)
            case .like: field == .email ? t("cleanUp.radar.level.likeEmail") : t("cleanUp.radar.level.like", name)
            case .related: related(field) ?? t("cleanUp.radar.level.like", name)
            case .different, .missing: t("cleanUp.radar.level.different", name)
            }
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    private func related(_ field: MatchField) -> String? {
        switch field {
        case .firstName: t("cleanUp.radar.related.firstName")
        case .middleName: t("cleanUp.radar.related.middleName")
        case .lastName: t("cleanUp.radar.related.lastName")
        case .companyName, .employer: t("cleanUp.radar.related.company")
        case .email: t("cleanUp.radar.related.email")
        case .phone: t("cleanUp.radar.related.phone")
        case .number, .street, .unit, .city, .state, .zip: nil
        }
    }

    private static func name(_ field: MatchField) -> WordKey {
        switch field {
        case .firstName: "cleanUp.radar.field.firstName"
        case .middleName: "cleanUp.radar.field.middleName"
        case .lastName: "cleanUp.radar.field.lastName"
        case .companyName: "cleanUp.radar.field.companyName"
        case .employer: "cleanUp.radar.field.employer"
        case .email: "cleanUp.radar.field.email"
        case .phone: "cleanUp.radar.field.phone"
        case .number: "cleanUp.radar.field.number"
        case .street: "cleanUp.radar.field.street"
        case .unit: "cleanUp.radar.field.unit"
        case .city: "cleanUp.radar.field.city"
        case .state: "cleanUp.radar.field.state"
        case .zip: "cleanUp.radar.field.zip"
        }
    }

    private static func name(_ doubt: MatchDoubt) -> WordKey {
        switch doubt {
        case .kinds: "cleanUp.radar.doubt.kinds"
        case .suffix: "cleanUp.radar.doubt.suffix"
        case .middleName: "cleanUp.radar.doubt.middleName"
        case .onlyNames: "cleanUp.radar.doubt.onlyNames"
        case .firstName: "cleanUp.radar.doubt.firstName"
        case .lastName: "cleanUp.radar.doubt.lastName"
        case .otherReach: "cleanUp.radar.doubt.otherReach"
        case .unit: "cleanUp.radar.doubt.unit"
        case .companyName: "cleanUp.radar.doubt.companyName"
        case .branch: "cleanUp.radar.doubt.branch"
        }
    }
}
