internal import Database

/// Finds the newest entries with some words on PostgreSQL, whose text index gives a set and no order: of a word that stands in each
/// tenth of a million entries it would gather and sort a hundred thousand to show twenty.
///
/// Every entry also holds words for the days around it (`SearchMark.bands`). So it looks among the newest three weeks first; what is
/// found there says how far back the wanted number reaches, and it goes on a little farther than that, and if that was not far enough
/// (permits come in seasons) once more, and much farther. Only rare words are gathered whole. All in one statement, in which a step that
/// is not needed is not run.
struct PostgresKeys {
    /// Each as PostgreSQL writes it: an entry holds all of them.
    let terms: [String]
    let range: KeyRange
    let order: SearchOrder
    let limit: Int
    /// Whether to go by bands: not while some entries have none, nor where a word is known to be rare.
    let byBands: Bool

    /// Bands of eight days to begin with, beyond the edge's.
    private static let weeks: SQL = "2"
    /// Fewer entries than that say nothing about other days.
    private static let telling: SQL = "12"
    /// Days to look at when too few were found.
    private static let many: SQL = "512"
    /// How much farther than the wanted number seems to reach, the first time and the second, in quarters: gathering everything costs more
    /// than a season too many.
    private static let farther: SQL = "5"
    private static let muchFarther: SQL = "12"
    /// Beyond that many days everything is gathered.
    private static let furthest: SQL = "4096"

    /// The steps as tables of keys. No two hold the same entry, so together they are what was found; the last holds all of it.
    ///
    /// `span` and `wider` say how a step goes on: `found` so far between the edge's `day` and `start`; `days` to look at from there,
    /// 0 when there is no need.
    var statement: SQL {
        guard byBands else { return entries(nil) }
        let (most, weeks) = (PostgresKeys.furthest, PostgresKeys.weeks)
        let afterNear: SQL = """
            SELECT day, found, \(behind("day", "3", weeks)) AS start FROM edge, (SELECT count(*) AS found FROM near) n
            """
        let afterFar: SQL = """
            SELECT day, found + more AS found, CASE WHEN days > 0 THEN \(behind("start", "shift", "reach")) ELSE start END AS start
            FROM span, (SELECT count(*) AS more FROM far) n
            """
        let isNotEnough: SQL = """
            (SELECT CASE WHEN GREATEST(span.days, wider.days) > \(most) THEN 1
                WHEN wider.days = 0 OR wider.days >= wider.rest THEN 0
                WHEN wider.found + (SELECT count(*) FROM farther) < \(limit) THEN 1 ELSE 0 END FROM span, wider) = 1
            """
        return """
            WITH edge AS MATERIALIZED (
                    SELECT (t.id >> 32) AS day FROM public_entry t WHERE t.id > \(range.after) AND t.id < \(range.before)
                    ORDER BY t.id \(order.direction) LIMIT 1),
                near AS MATERIALIZED (\(entries(bands("day", "3", weeks, from: "edge")))),
                span AS MATERIALIZED (\(further(afterNear, by: PostgresKeys.farther, orElse: PostgresKeys.many))),
                far AS MATERIALIZED (\(step("span"))),
                wider AS MATERIALIZED (\(further(afterFar, by: PostgresKeys.muchFarther, orElse: "\(most) + 1"))),
                farther AS MATERIALIZED (\(step("wider"))),
                every AS MATERIALIZED (\(entries(nil, if: isNotEnough)))
            SELECT id FROM near WHERE NOT EXISTS (SELECT 1 FROM every) UNION ALL
            SELECT id FROM far WHERE NOT EXISTS (SELECT 1 FROM every) UNION ALL
            SELECT id FROM farther WHERE NOT EXISTS (SELECT 1 FROM every) UNION ALL SELECT id FROM every
            """
    }

    /// A `WordFrequency`, by what the newest weeks hold.
    /// - Parameter term: a word as PostgreSQL writes it.
    static func frequency(_ term: String, orBeginning: Bool, byBands: Bool) -> SQL {
        func isFrequent(_ term: String) -> SQL {
            """
            (SELECT count(*) FROM (
                SELECT 1 FROM public_entry t
                WHERE \(vector) @@ CAST(\(term) AS tsquery) \(byBands ? "AND \(vector) @@ (\(newestWeeks))" : "" as SQL)
                LIMIT \(telling)) found) >= \(telling)
            """
        }
        let rest: SQL = orBeginning ? "WHEN \(isFrequent(term + ":*")) THEN 'beginning' ELSE 'rare'" : "ELSE 'beginning'"
        return "WITH \(newest) SELECT CASE WHEN \(isFrequent(term)) THEN 'common' \(rest) END AS frequency"
    }

    /// Those words of a JSON list that any entry holds. A common word is found in the newest weeks; of a rare one little is gathered.
    static func known(_ words: String, byBands: Bool) -> SQL {
        // Counted, not asked for with EXISTS: for the first row alone the planner would rather read the table from its beginning.
        let found: SQL = "SELECT count(*) FROM public_entry t WHERE \(vector) @@ CAST(quote_literal(w.value) AS tsquery)"
        let inNewestWeeks: SQL = byBands ? "(\(found) AND \(vector) @@ (\(newestWeeks)))" : "0"
        return """
            \(byBands ? "WITH \(newest)" : "" as SQL)
            SELECT w.value AS word FROM json_array_elements_text(CAST(\(words) AS json)) w
            WHERE CASE WHEN \(inNewestWeeks) > 0 THEN 1 WHEN (\(found)) > 0 THEN 1 END = 1
            """
    }

    static let vector: SQL = "array_to_tsvector(string_to_array(t.words, ' '))"
    private static let newest: SQL =
        "edge AS MATERIALIZED (SELECT (t.id >> 32) AS day FROM public_entry t ORDER BY t.id DESC LIMIT 1)"
    private static let newestWeeks = bands("day", "3", "1", .newest, from: "edge")

    /// The first of those that hold the words and one of the bands; nothing at all unless the condition holds.
    private func entries(_ bands: SQL?, if condition: SQL = "1 = 1") -> SQL {
        // The range in a form in which the key's index cannot be chosen: a plan for any words would go down all of it.
        """
        SELECT t.id FROM public_entry t
        WHERE \(condition) AND \(holds(bands)) AND (t.id + 0) > \(range.after) AND (t.id + 0) < \(range.before)
        ORDER BY (t.id + 0) \(order.direction) LIMIT \(limit)
        """
    }

    /// Each word is a condition of its own: within one the index goes through every entry of the bands, between two it leaps to the
    /// next that can hold both.
    private func holds(_ bands: SQL?) -> SQL {
        var conditions = terms.map { term -> SQL in "\(PostgresKeys.vector) @@ CAST(\(term) AS tsquery)" }
        if let bands { conditions.append("\(PostgresKeys.vector) @@ (\(bands))") }
        return conditions.joined(separator: " AND ")
    }

    // MARK: Steps

    /// How to go on after what `(day, found, start)` says: `rest`, the days that are left, and `days`; in bands of two to the power of
    /// `shift` days, `reach` of them beyond the first.
    private func further(_ soFar: SQL, by quarters: SQL, orElse days: SQL) -> SQL {
        let rest: SQL =
            order == .newest
            ? "start - CAST(\(range.after >> 32) AS bigint) + 1" : "CAST(\(range.before >> 32) AS bigint) - start + 1"
        return """
            SELECT day, found, start, rest, days, shift, (days >> shift) + 1 AS reach
            FROM (
                SELECT *, CASE WHEN days <= 200 THEN 3 WHEN days <= 1600 THEN 6 ELSE 9 END AS shift
                FROM (
                    SELECT *, CASE WHEN found >= \(limit) OR rest <= 0 THEN 0
                        WHEN found < \(PostgresKeys.telling) THEN LEAST(rest, \(days))
                        ELSE LEAST(rest, \(quarters) * (abs(day - start) + 1) * (\(limit) - found) / (4 * found) + 1) END AS days
                    FROM (SELECT *, \(rest) AS rest FROM (\(soFar)) a) b) c) d
            """
    }

    private func step(_ span: SQL) -> SQL {
        // A wide band reaches back into what was looked at already.
        let beyond: SQL = order == .newest ? "<=" : ">="
        let isBehind: SQL = "(t.id >> 32) \(beyond) (SELECT start FROM \(span))"
        return entries(
            bands("start", "shift", "reach", from: span),
            if: "(SELECT days FROM \(span)) BETWEEN 1 AND \(PostgresKeys.furthest) AND \(isBehind)")
    }

    /// The first day beyond those bands.
    private func behind(_ start: SQL, _ shift: SQL, _ reach: SQL) -> SQL {
        let bands: SQL = "(\(start) >> CAST(\(shift) AS int))"
        switch order {
        case .newest: return "((\(bands) - \(reach)) << CAST(\(shift) AS int)) - 1"
        case .oldest: return "(\(bands) + \(reach) + 1) << CAST(\(shift) AS int)"
        }
    }

    private func bands(_ start: SQL, _ shift: SQL, _ reach: SQL, from table: SQL) -> SQL {
        PostgresKeys.bands(start, shift, reach, order, from: table)
    }

    /// The words of the band of a day and of as many behind it as `reach`, each of two to the power of `shift` days:
    /// `'d8_2598' | 'd8_2597'`.
    private static func bands(_ start: SQL, _ shift: SQL, _ reach: SQL, _ order: SearchOrder, from table: SQL) -> SQL {
        let away: SQL = order == .newest ? "-" : "+"
        return """
            SELECT CAST(COALESCE(
                STRING_AGG('''d' || (1 << \(shift)) || '_' || ((\(start) >> \(shift)) \(away) n) || '''', ' | '),
                '''none''') AS tsquery)
            FROM \(table), generate_series(CAST(0 AS bigint), CAST(\(reach) AS bigint)) n
            """
    }
}
