public import CityPack

/// A value that only comes out for those who may see its class. A field without a class does not compile.
public struct Classified<Value: Sendable>: Sendable {
    public let visibility: Visibility
    private let value: Value

    public init(_ visibility: Visibility, _ value: Value) {
        self.visibility = visibility
        self.value = value
    }

    /// The value, or nil for somebody who may not see it.
    public func seen(by audience: Visibility) -> Value? { visibility <= audience ? value : nil }
}
