internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// Whoever closes their account gets no letter any more (A7): nobody could type its code.
enum ClosedAccountLetters {
    static let reaction = Reaction(on: .accountClosed) { fact, change in
        try change.conn.run(
            """
            UPDATE mailed_code SET state = \(MailedCode.State.nothing)
            WHERE account_id = \(fact.subject.id) AND state IN ('asked', 'waiting', 'printed')
            """)
    }

    /// The same for every letter that was asked for lately and not used: whether it goes out would tell whether there is a record (A2).
    static let notes = ClosingNotes(
        order: 35,
        counting: { id, visit in
            [
                """
                SELECT COUNT(*) FROM mailed_code
                WHERE account_id = \(id) AND state <> 'used' AND requested_at > \(visit.now - MailedCode.lifetime)
                """
            ]
        }
    ) { _, counts, _, _ in
        counts[0] > 0 ? [.init(.ends, Phrase("claims.close.letters"), at: ClaimAddresses.claim())] : []
    }
}
