internal import CityPack
internal import Core
internal import Database
internal import Synchronization

/// Packs by version, each read once: a case keeps the version it was applied under (`model.md` 12).
final class PackShelf: Sendable {
    private let packs = Mutex<[String: CityPack]>([:])

    /// The live pack stands in for one that was never stored or can no longer be read.
    func pack(_ hash: String, _ city: CityContext, _ conn: Connection) throws(DatabaseError) -> CityPack {
        if hash == city.pack.hash { return city.pack }
        if let known = packs.withLock({ $0[hash] }) { return known }
        let pack: CityPack
        do {
            pack = try PackStore.pack(hash, conn) ?? city.pack
        } catch let error as DatabaseError {
            throw error
        } catch {
            city.log.error("a stored pack cannot be read", metadata: ["pack": "\(hash)", "error": "\(error)"])
            pack = city.pack
        }
        packs.withLock { $0[hash] = pack }
        return pack
    }
}

extension CityContext {
    /// The pack of that version.
    func pack(_ hash: String, _ conn: Connection) throws(DatabaseError) -> CityPack {
        for feature in features {
            if let cases = feature as? CasesFeature { return try cases.packs.pack(hash, self, conn) }
        }
        return pack
    }
}
