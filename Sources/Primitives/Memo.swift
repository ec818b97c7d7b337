internal import Synchronization

/// Values that take longer to make than to find, one for each key. They follow from the key alone. With too many it begins anew.
public final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let made = Mutex<[Key: Value]>([:])
    private let most: Int

    public init(atMost most: Int) { self.most = most }

    /// The value of the key, made the first time. Two who ask at once may both make it.
    public func value(_ key: Key, make: () -> Value) -> Value {
        if let known = made.withLock({ $0[key] }) { return known }
        let value = make()
        made.withLock { made in
            if made.count >= most { made.removeAll() }
            made[key] = value
        }
        return value
    }
}
