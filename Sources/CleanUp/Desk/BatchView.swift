internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The pairs of a batch, each with everything in which its records differ.
struct BatchView {
    let t: Voice
    let sides: [ContactID: ContactSide]

    init(t: Voice, sides: [ContactSide]) {
        self.t = t
        self.sides = Dictionary(sides.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A box for each; none is ticked.
    func boxes(_ pairs: [ContactPair]) -> HTML {
        fieldset(.class("field")) {
            legend { t("cleanUp.desk.batchLegend") }
            for pair in pairs {
                field(
                    FieldModel(
                        id: BatchPage.box(pair.key), name: BatchPage.box(pair.key), label: label(pair), hint: about(pair),
                        kind: .checkbox))
            }
        }
    }

    func list(_ pairs: [ContactPair]) -> HTML {
        listRows(
            pairs.map { pair in
                ListRow(title: a(DeskAddresses.pair(pair)) { label(pair) }, subtitle: about(pair))
            }, label: t("cleanUp.desk.batchLegend"))
    }

    /// What became of each.
    func report(_ batch: Batch, _ pairs: [ContactPair]) -> HTML {
        let outcomes = Dictionary(batch.pairs.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return listRows(
            pairs.compactMap { pair in
                outcomes[pair.key].map { outcome in
                    ListRow(
                        title: a(DeskAddresses.pair(pair)) { label(pair) }, status: status(outcome.outcome),
                        note: outcome.problem.map { t($0) } ?? "")
                }
            }, label: t("cleanUp.desk.reportTitle"))
    }

    private func status(_ outcome: Batch.Outcome) -> HTML {
        switch outcome {
        case .merged: tag(t("cleanUp.desk.outcomeMerged"), .good)
        case .changed: tag(t("cleanUp.desk.outcomeChanged"), .calm)
        case .waiting, .refused, .failed: tag(t("cleanUp.desk.outcomeNotMerged"), .attention)
        }
    }

    private func label(_ pair: ContactPair) -> String {
        t(
            "cleanUp.desk.bothNumbered",
            [
                "name": .text(pair.names.a), "a": .text(pair.key.a.description), "other": .text(pair.names.b),
                "b": .text(pair.key.b.description),
            ])
    }

    /// The score, and every value that only one of the two has.
    private func about(_ pair: ContactPair) -> String {
        let score = t("cleanUp.desk.scoreIs", ["score": .text(PairWords.points(pair.tenths))])
        guard let a = sides[pair.key.a], let b = sides[pair.key.b] else { return score }
        let differences = BatchView.differences(a, b).map { one, other in
            t("cleanUp.desk.oneOther", ["one": .text(one.isEmpty ? "–" : one), "other": .text(other.isEmpty ? "–" : other)])
        }
        return differences.isEmpty
            ? "\(score) \(t("cleanUp.desk.noDifference"))"
            : "\(score) \(t("cleanUp.desk.differences", ["list": .text(differences.joined(separator: "; "))]))"
    }

    /// Pure. Values are as they stand on the record.
    static func differences(_ a: ContactSide, _ b: ContactSide) -> [(String, String)] {
        let single: [(String, String)] = [
            (a.companyName, b.companyName), (a.firstName, b.firstName), (a.middleName, b.middleName), (a.lastName, b.lastName),
            (a.title, b.title),
        ]
        let lists: [([String], [String])] = [
            (a.emails.map(\.typed), b.emails.map(\.typed)), (a.phones, b.phones),
            (a.addresses.map(\.line), b.addresses.map(\.line)),
        ]
        let several: [(String, String)] = lists.map { one, other in
            (
                one.filter { !other.contains($0) }.joined(separator: ", "),
                other.filter { !one.contains($0) }.joined(separator: ", ")
            )
        }
        return (single + several).filter { $0 != $1 }
    }
}
