internal import Core
internal import Web

/// Ready when the database answers: a load balancer sends nobody here otherwise.
enum Readiness {
    static func show(_ visit: Visit) async throws -> WebResponse {
        do {
            _ = try await visit.read { conn in try conn.value("SELECT 1", as: Int.self) }
            return .text("ready\n")
        } catch {
            return .text("The database does not answer.\n", status: 503)
        }
    }
}
