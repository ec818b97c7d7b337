internal import Core
internal import Database
internal import Jobs
internal import Mail
internal import Primitives
internal import Web

/// What staff do about what failed. Each is on record.
enum SystemActions {
    /// POST
    static func runAgain(_ visit: Visit) async throws -> WebResponse {
        guard let id = Int64(visit.parameter("id")) else { throw NotFound() }
        return try await visit.change { change in
            let kind: String? = try change.conn.value("SELECT kind FROM job WHERE id = \(id)")
            guard let kind, try JobQueue.runAgain(id, at: change.now, change.conn) else {
                return .init(OperationsAddresses.system(), say: Phrase("operations.said.notDead"))
            }
            try change.record(NewFact(.jobRunAgain, about: .city, ["job": .integer(id), "kind": .string(kind)]))
            return .init(OperationsAddresses.system(), say: Phrase("operations.said.runsAgain"))
        }
    }

    /// POST
    static func resend(_ visit: Visit) async throws -> WebResponse {
        guard let id = Int64(visit.parameter("id")) else { throw NotFound() }
        return try await visit.change { change in
            guard try Outbox.resend(id, at: change.now, change.conn) else {
                return .init(OperationsAddresses.system(), say: Phrase("operations.said.notFailed"))
            }
            try change.record(NewFact(.mailResent, about: .city, ["mail": .integer(id)]))
            return .init(OperationsAddresses.system(), say: Phrase("operations.said.resent"))
        }
    }
}
