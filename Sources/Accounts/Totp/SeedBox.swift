internal import Core
internal import Crypto
internal import Foundation
internal import Primitives

/// How the seed of an authenticator app stands in the database: sealed with the installation's key, where the operator gave one, so
/// that a copy of the database alone makes no codes. Without a key it stands there as it is, and `doctor` says so.
struct SeedBox: Sendable {
    private let key: SymmetricKey?

    init(_ settings: CitySettings) {
        key = settings.secretKey.map { SymmetricKey(data: SHA256.hash(data: Data("totp|\($0)".utf8))) }
    }

    func close(_ seed: [UInt8], of account: AccountID) throws -> String {
        guard let key else { return "plain:" + Data(seed).base64EncodedString() }
        let sealed = try AES.GCM.seal(Data(seed), using: key, authenticating: context(account))
        return "sealed:" + (sealed.combined ?? Data()).base64EncodedString()
    }

    /// nil when it was sealed with another key.
    func open(_ stored: String, of account: AccountID) -> [UInt8]? {
        let parts = stored.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let data = Data(base64Encoded: String(parts[1])) else { return nil }
        if parts[0] == "plain" { return Array(data) }
        guard let key, let box = try? AES.GCM.SealedBox(combined: data),
            let seed = try? AES.GCM.open(box, using: key, authenticating: context(account))
        else { return nil }
        return Array(seed)
    }

    /// A seed cannot be moved to another account.
    private func context(_ account: AccountID) -> Data { Data("account:\(account)".utf8) }
}
