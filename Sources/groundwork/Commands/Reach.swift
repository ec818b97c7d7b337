import AsyncHTTPClient
import NIOCore
import NIOSSL

/// For `groundwork doctor`: whether the portal's own address is one that browsers reach safely, and what would travel in the open.
struct Reach {
    private let settings: Settings

    init(_ settings: Settings) { self.settings = settings }

    func findings() async -> [Doctor.Finding] {
        let open = settings.openRoads(listeningOn: nil)
        guard open.isEmpty else { return open.map { .bad("Network", $0) } }
        guard let base = settings.baseURL else {
            return [.good("Address", "GROUNDWORK_BASE_URL is not set: links in mails lead to where the program listens")]
        }
        guard base.hasPrefix("https://") else { return [.good("Address", base)] }
        return [await visit(base)]
    }

    /// As a browser goes there: with the authorities that this machine trusts, and no others.
    private func visit(_ base: String) async -> Doctor.Finding {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let finding: Doctor.Finding
        do {
            let answer = try await client.execute(HTTPClientRequest(url: "\(base)/healthz"), timeout: .seconds(8))
            finding =
                answer.status == .ok
                ? .good("Address", "\(base) answers, with a certificate that browsers trust")
                : .bad("Address", "\(base)/healthz answers \(answer.status.code). Check what stands in front of the program.")
        } catch let problem as NIOSSLError {
            finding = .bad(
                "Address", "\(base): browsers would not trust its certificate (\(problem)). Get one from a public authority.")
        } catch {
            finding = .warning("Address", "nobody answers at \(base) now (\(error)). Run this again when the portal is served.")
        }
        try? await client.shutdown()
        return finding
    }
}
