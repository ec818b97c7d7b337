import Archive
import Synchronization

/// Remembers what was told.
final class Told: Sendable {
    private let kept = Mutex<[ArchiveProgress]>([])
    var all: [ArchiveProgress] { kept.withLock { $0 } }
    @Sendable func add(_ progress: ArchiveProgress) { kept.withLock { $0.append(progress) } }
}
