internal import Core
internal import Crypto
internal import Foundation
internal import Primitives

/// How the seed of an authenticator app stands in the database: sealed with the installation's key, where the operator gave one, so
/// that a copy of the database alone makes no codes. Without a key it stands there as it is, and `doctor` says so.
struct SeedBox: Sendable {
    private let key: SymmetricKey?
    /// The installation's key before this one, for reading only.
    private let before: SymmetricKey?

    init(_ settings: CitySettings) {
        key = settings.secretKey.map(SeedBox.key)
        before = settings.secretKeyBefore.map(SeedBox.key)
    }

    private static func key(_ text: String) -> SymmetricKey {
        SymmetricKey(data: SHA256.hash(data: Data("totp|\(text)".utf8)))
    }

    func close(_ seed: [UInt8], of account: AccountID) throws -> String {
        guard let key else { return "plain:" + Data(seed).base64EncodedString() }
        let sealed = try AES.GCM.seal(Data(seed), using: key, authenticating: context(account))
        return "sealed:" + (sealed.combined ?? Data()).base64EncodedString()
    }

    /// A seed that does not stand there as it would be closed now: as it is where a key was given since, or sealed with the key before.
    func isOld(_ stored: String, of account: AccountID) -> Bool {
        guard let key else { return false }
        return parts(stored).flatMap { $0.isSealed ? opened($0.data, with: key, of: account) : nil } == nil
    }

    /// nil when it was sealed with a key that is not known here.
    func open(_ stored: String, of account: AccountID) -> [UInt8]? {
        guard let (isSealed, data) = parts(stored) else { return nil }
        guard isSealed else { return Array(data) }
        return [key, before].lazy.compactMap { $0 }.compactMap { opened(data, with: $0, of: account) }.first
    }

    private func parts(_ stored: String) -> (isSealed: Bool, data: Data)? {
        let parts = stored.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let data = Data(base64Encoded: String(parts[1])) else { return nil }
        return (parts[0] != "plain", data)
    }

    private func opened(_ data: Data, with key: SymmetricKey, of account: AccountID) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: data),
            let seed = try? AES.GCM.open(box, using: key, authenticating: context(account))
        else { return nil }
        return Array(seed)
    }

    /// A seed cannot be moved to another account.
    private func context(_ account: AccountID) -> Data { Data("account:\(account)".utf8) }
}
