public import Core
public import Database

/// Addresses and parcels: tables for now, pages come with the map.
public struct PlacesFeature: Feature {
    public init() {}
    public let name = "Places"
    public var migrations: [Migration] { placesMigrations }
}
