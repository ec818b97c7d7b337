// swift-tools-version: 6.2
import PackageDescription

// The house, bottom up. A target sees only what it names here, so an arrow can only point down (docs/architecture.md).

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// A module of the house. `words: true` when it carries `Words/en.yaml` and `Words/es.yaml`; `data` is what else it reads.
func module(_ name: String, _ dependencies: [Target.Dependency], words: Bool = false, data: String...) -> Target {
    .target(
        name: name, dependencies: dependencies,
        resources: (words ? [.copy("Words")] : []) + data.map { .copy($0) }, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "groundwork",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "groundwork", targets: ["groundwork"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries
        .systemLibrary(name: "CArgon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "CSQLiteSetup", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // 0 kit: no city knowledge
        module("Primitives", [crypto, yams]),
        module("Database", ["Primitives"]),
        module("DatabaseSQLite", ["Database", "Primitives", "CSQLiteSetup", grdb, sqlite]),
        module("DatabasePostgres", ["Database", "Primitives", "CPQ"]),
        module("HTML", ["Primitives"]),
        module("Web", ["Database", "HTML", "Primitives", "CZlib", hummingbird, httpTypes, crypto, log], words: true),
        module("Jobs", ["Database", "Primitives", log, lifecycle]),
        module("Archive", ["Database", "Primitives", crypto]),
        module("CityPack", ["Primitives", yams, crypto]),
        module("Matching", ["Primitives"]),
        module("Mail", ["Database", "HTML", "Jobs", "Primitives", "CCurl"]),

        // 1 core: facts, access, and the sockets that know no case
        module(
            "Core", ["CityPack", "Database", "HTML", "Jobs", "Mail", "Primitives", "Web", crypto, log, lifecycle], words: true),

        // 2 records: each may import only those before it
        module(
            "Accounts", ["Core", "CArgon2", "CQREncode", crypto, cryptoExtras, httpClient, jwt, nio], words: true,
            data: "Passwords/common.txt"),
        module("Contacts", ["Core", "Accounts", "Matching"], words: true),
        module("Places", ["Core", "Accounts", "Contacts"]),
        module("Cases", ["Core", "Accounts", "Contacts", "Places"], words: true),

        // 3 features: none imports another
        module("HelpDesk", ["Core", "Accounts", "Contacts", "Places", "Cases"], words: true),
        module("PublicRecord", ["Core", "Accounts", "Contacts", "Places", "Cases"], words: true),
        module("Following", ["Core", "Accounts", "Cases", "Jobs", "Mail"], words: true),
        module("Import", ["Core", "Accounts", "Contacts", "Places", "Cases", "Matching"], words: true),
        module("Billing", ["Core", "Accounts", "Contacts", "Places", "Cases", "Jobs"], words: true),
        module("Inspections", ["Core", "Accounts", "Contacts", "Places", "Cases"], words: true),
        module(
            "Claims", ["Core", "Accounts", "Contacts", "Places", "Cases", "CityPack", "Jobs", "Mail", crypto, cryptoExtras],
            words: true),
        module("OpenData", ["Core", "Accounts", "Contacts", "Places", "Cases"]),
        module("CleanUp", ["Core", "Accounts", "Contacts", "Places", "Cases", "Matching"], words: true),
        module("Operations", ["Core", "Jobs", "Mail"], words: true),
        module("Administration", ["Core", "CityPack", "Accounts"], words: true),

        // 4 composition
        module(
            "Portal",
            [
                "Core", "Accounts", "Contacts", "Places", "Cases", "HelpDesk", "PublicRecord", "Following", "Import", "Billing",
                "Claims", "Inspections", "Operations", "Administration", "CleanUp", "DatabaseSQLite", "DatabasePostgres",
                "Jobs", "Mail",
                log, yams,
            ],
            words: true, data: "Accessibility/criteria.yaml"),

        // 5 commands
        .executableTarget(
            name: "groundwork",
            dependencies: [
                "Portal", "Import", "OpenData", "HelpDesk", "Claims", "Accounts", "Archive", "Core", "CityPack", "Database",
                "Jobs", "Mail",
                "Matching",
                "Web",
                "Primitives",
                hummingbird, httpClient, log, lifecycle, yams,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings, linkerSettings: [.linkedLibrary("jemalloc", .when(platforms: [.linux]))]),

        // For tests only: a city in a temporary folder, and builders for its records
        .target(
            name: "TestSupport",
            dependencies: [
                "Portal", "Accounts", "Contacts", "Cases", "Places", "Core", "CityPack", "Database", "DatabasePostgres", "Web",
            ],
            path: "Tests/TestSupport", swiftSettings: settings),

        tests("PrimitivesTests", ["Primitives"]),
        tests("MatchingTests", ["Matching", "Primitives"]),
        tests("DatabaseTests", ["Database", "DatabaseSQLite", "DatabasePostgres", "Portal", "TestSupport", "Primitives"]),
        tests("JobsTests", ["Jobs", "Database", "TestSupport", "Primitives", log, lifecycle]),
        tests("ArchiveTests", ["Archive", "Portal", "TestSupport", "Primitives"]),
        tests("HTMLTests", ["HTML", "Primitives"]),
        tests("WebTests", ["Web", "HTML", "Primitives"]),
        tests("MailTests", ["Mail", "HTML", "Primitives"]),
        tests("CityPackTests", ["CityPack", "Portal", "TestSupport", "Primitives"]),
        tests("CoreTests", ["Core", "Portal", "TestSupport"]),
        tests("AccountsTests", ["Accounts", "CArgon2", "TestSupport", crypto, cryptoExtras, jwt]),
        tests("ContactsTests", ["Contacts", "TestSupport"]),
        tests("CasesTests", ["Cases", "TestSupport"]),
        tests("HelpDeskTests", ["HelpDesk", "TestSupport"]),
        tests("CleanUpTests", ["CleanUp", "Cases", "OpenData", "TestSupport"]),
        tests("PublicRecordTests", ["PublicRecord", "TestSupport"]),
        tests("FollowingTests", ["Following", "TestSupport"]),
        tests("ImportTests", ["Import", "TestSupport"]),
        tests("BillingTests", ["Billing", "Import", "TestSupport"]),
        tests("ClaimsTests", ["Claims", "Billing", "TestSupport"]),
        tests("InspectionsTests", ["Inspections", "Import", "TestSupport"]),
        tests("OpenDataTests", ["OpenData", "Import", "TestSupport"]),
        tests("OperationsTests", ["Operations", "Mail", "Web", "TestSupport"]),
        tests("AdministrationTests", ["Administration", "TestSupport"]),
        tests("PortalTests", ["Portal", "TestSupport"]),
    ]
)
