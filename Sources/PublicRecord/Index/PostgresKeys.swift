internal import Database

/// Finds the newest entries with some words on PostgreSQL, whose text index gives a set and no order: of a word that stands in each
/// tenth of a million entries it would gather and sort a hundred thousand to show twenty.
///
/// Every entry also holds words for the days around it (`SearchMark.Band`). So it looks among the newest two days first; what is
/// found there says how far back the wanted number may reach, and it looks as far as that; once more if that was not far enough.
/// Only rare words are gathered whole. All in one statement, in which a step that is not needed is not run.
struct PostgresKeys {
    /// As PostgreSQL writes it.
    let words: String
    let range: KeyRange
    let order: SearchOrder
    let limit: Int

    private static let vector: SQL = "array_to_tsvector(string_to_array(t.words, ' '))"
    /// Fewer than that in two days say nothing about the others.
    private static let telling = 6
    /// Beyond that many days everything is gathered.
    private static let furthest = 4096

    private var query: SQL { "CAST(\(words) AS tsquery)" }
    private var inRange: SQL { "t.id > \(range.after) AND t.id < \(range.before)" }
    /// The same in a form in which the key's index cannot be chosen: a plan for any words would go down the whole of it.
    private var byText: SQL { "(t.id + 0) > \(range.after) AND (t.id + 0) < \(range.before)" }

    /// The steps as tables of keys, and the one that found enough.
    var statement: SQL {
        """
        WITH \(edge), near AS MATERIALIZED (\(entries(bands(.day, "1")))),
            span AS MATERIALIZED (
                SELECT found, CASE WHEN found < \(limit) THEN
                    CASE WHEN found >= \(PostgresKeys.telling) THEN 4 * \(limit) / found ELSE 64 END END AS days
                FROM (SELECT count(*) AS found FROM near) n),
            far AS MATERIALIZED (\(step("span"))),
            wider AS MATERIALIZED (
                SELECT found, CASE WHEN found < \(limit) AND found >= \(PostgresKeys.telling)
                    THEN 2 * days * \(limit) / found END AS days
                FROM (SELECT count(*) AS found, (SELECT days FROM span) AS days FROM far) n),
            farther AS MATERIALIZED (\(step("wider"))),
            enough AS MATERIALIZED (
                SELECT CASE WHEN (SELECT found FROM span) >= \(limit) THEN 1 WHEN (SELECT found FROM wider) >= \(limit) THEN 2
                    WHEN (SELECT count(*) FROM farther) >= \(limit) THEN 3 ELSE 4 END AS step),
            every AS MATERIALIZED (\(entries(wholeRange, if: "(SELECT step FROM enough) = 4")))
        SELECT id FROM near WHERE (SELECT step FROM enough) = 1
        UNION ALL SELECT id FROM far WHERE (SELECT step FROM enough) = 2
        UNION ALL SELECT id FROM farther WHERE (SELECT step FROM enough) = 3
        UNION ALL SELECT id FROM every
        """
    }

    /// `common`: whether the newest two days already hold some.
    var isCommon: SQL {
        """
        WITH \(edge)
        SELECT count(*) >= \(PostgresKeys.telling) AS common
        FROM (
            SELECT 1 FROM public_entry t WHERE \(PostgresKeys.vector) @@ (\(query) && (\(bands(.day, "1"))))
            LIMIT \(PostgresKeys.telling)) found
        """
    }

    private var edge: SQL {
        """
        edge AS MATERIALIZED (SELECT t.id FROM public_entry t WHERE \(inRange) ORDER BY t.id \(order.direction) LIMIT 1)
        """
    }

    /// Those of the bands that hold the words, in order; nothing at all unless the condition holds.
    private func entries(_ bands: SQL?, if condition: SQL = "1 = 1") -> SQL {
        let wanted: SQL = bands.map { "\(query) && (\($0))" } ?? query
        return """
            SELECT t.id FROM public_entry t WHERE \(condition) AND \(PostgresKeys.vector) @@ (\(wanted)) AND \(byText)
            ORDER BY (t.id + 0) \(order.direction) LIMIT \(limit)
            """
    }

    /// The bands of a range that has both its ends; nil for one that is open, or longer than bands are good for.
    private var wholeRange: SQL? {
        guard range.after != .min, range.before != .max, range.after < range.before else { return nil }
        for band in SearchMark.Band.allCases {
            let (first, last) = (range.after >> band.shift, (range.before - 1) >> band.shift)
            guard last - first < 12 else { continue }

            return "CAST(\((first...last).map { "'\(band.rawValue)_\($0)'" }.joined(separator: " | ")) AS tsquery)"
        }
        return nil
    }

    /// As many days from the edge on as the span says.
    private func step(_ span: SQL) -> SQL {
        let bands: SQL = """
            SELECT CASE WHEN days <= 8 THEN (\(bands(.day, "days"))) WHEN days <= 64 THEN (\(bands(.week, "days / 8 + 1")))
                WHEN days <= 512 THEN (\(bands(.season, "days / 64 + 1"))) ELSE (\(bands(.years, "days / 512 + 1"))) END
            FROM \(span)
            """
        return entries(bands, if: "(SELECT days FROM \(span)) <= \(PostgresKeys.furthest)")
    }

    /// The words of the bands from the first entry's on, `further` bands beyond it: `'d1_20325' | 'd1_20324'`.
    private func bands(_ band: SearchMark.Band, _ further: SQL) -> SQL {
        let away: SQL = order == .newest ? "-" : "+"
        // The band's name and shift stand in the program.
        return """
            SELECT CAST(COALESCE(
                STRING_AGG('''\(raw: band.rawValue)_' || ((edge.id >> \(raw: String(band.shift))) \(away) n) || '''', ' | '),
                '''none''') AS tsquery)
            FROM edge, generate_series(0, CAST(\(further) AS bigint)) n
            """
    }
}
