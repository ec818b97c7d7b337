internal import CArgon2
internal import Core
internal import Foundation
public import Primitives

/// Argon2id, 19 MiB, two passes, one lane (A3). Runs on its own threads; when too many wait, it refuses with 429.
public final class PasswordHasher: Sendable {
    private enum Cost {
        static let passes: UInt32 = 2
        static let kibibytes: UInt32 = 19_456
        static let lanes: UInt32 = 1
        static let saltBytes: UInt32 = 16
        static let hashBytes: UInt32 = 32
    }

    /// Stands in where there is no password, so that an unknown address takes as long as a known one (A2). Its hash is random bytes:
    /// no password fits.
    static let decoy = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWlzLWF0LWhvbQ$qIx8rKQesfw+IVX1UKAsMsBwZ0xE+pCHYLaodwtkgpk"

    private let threads: PasswordThreads
    private let randomness: Randomness

    /// - Parameters:
    ///   - threads: how many runs at once, each with 19 MiB.
    ///   - waiting: how many may wait.
    public init(threads: Int = 2, waiting: Int = 64, randomness: Randomness = .system) {
        self.threads = PasswordThreads(count: threads, capacity: waiting)
        self.randomness = randomness
    }

    deinit { threads.close() }

    /// The password's hash with its salt and cost, as it is stored.
    public func hash(_ password: String) async throws -> String {
        let salt = randomness.bytes(Int(Cost.saltBytes))
        let bytes = PasswordHasher.bytes(password)
        return try await run {
            let length = argon2_encodedlen(
                Cost.passes, Cost.kibibytes, Cost.lanes, Cost.saltBytes, Cost.hashBytes, Argon2_id)
            var encoded = [CChar](repeating: 0, count: length)
            let status = argon2id_hash_encoded(
                Cost.passes, Cost.kibibytes, Cost.lanes, bytes, bytes.count, salt, salt.count, Int(Cost.hashBytes), &encoded,
                length)
            guard status == ARGON2_OK.rawValue else { throw Fault(status: status) }
            return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Whether this is the password of that hash.
    public func verify(_ password: String, against encoded: String) async throws -> Bool {
        let bytes = PasswordHasher.bytes(password)
        return try await run { argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue }
    }

    /// Whether a hash was made with another cost than today's: it is made anew when its password comes by.
    static func isOutdated(_ encoded: String) -> Bool {
        !encoded.hasPrefix("$argon2id$v=19$m=\(Cost.kibibytes),t=\(Cost.passes),p=\(Cost.lanes)$")
    }

    /// NFKC, so that the same password typed on another keyboard is the same.
    private static func bytes(_ password: String) -> [UInt8] { Array(password.precomposedStringWithCompatibilityMapping.utf8) }

    /// Out of memory, or a bug of ours.
    private struct Fault: Error { let status: Int32 }

    /// Does other work on secrets that takes long, on the same threads.
    /// - Throws: a refusal with 429 when too many wait already.
    public func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = threads.add { continuation.resume(with: Swift.Result { try body() }) }
            if !isTaken { continuation.resume(throwing: Refusal.tooMany) }
        }
    }
}
