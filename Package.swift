// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Settings that every target of this package shares.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Only the commands need it; see the package's traits.
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["Commands"]))

/// Only the HTTP service needs them; see the package's traits.
let service: [Target.Dependency] = [
  .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Server"])),
  .product(name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: ["Server"])),
  .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: .when(traits: ["Server"])),
  .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Server"])),
  .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Server"])),
  .product(name: "NIOHTTPTypes", package: "swift-nio-extras", condition: .when(traits: ["Server"])),
]

let package = Package(
  name: "swift-vector-store",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "HNSW", targets: ["HNSW"]),
    .library(name: "VectorStoreCore", targets: ["VectorStoreCore"]),
    .library(name: "LocalBackend", targets: ["LocalBackend"]),
    .library(name: "PostgresBackend", targets: ["PostgresBackend"]),
    .library(name: "LocalEmbeddings", targets: ["LocalEmbeddings"]),
    .library(name: "RemoteEmbeddings", targets: ["RemoteEmbeddings"]),
    .library(name: "VectorStoreServer", targets: ["VectorStoreServer"]),
    .library(name: "VectorStoreTesting", targets: ["VectorStoreTesting"]),
    .executable(name: "vectorstore", targets: ["VectorStoreCLI"]),
    .executable(name: "vectorstore-bench", targets: ["VectorStoreBench"]),
  ],
  // A package that depends on this one with `traits: []` resolves what its products need, and none of what the commands need.
  traits: [
    .trait(name: "Commands", description: "The commands vectorstore and vectorstore-bench."),
    .trait(name: "Metrics", description: "PostgresBackend reports its pool to swift-metrics."),
    .trait(name: "Server", description: "The HTTP service, VectorStoreServer and the command vectorstore serve."),
    .default(enabledTraits: ["Commands", "Metrics", "Server"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "HNSW",
      path: "Sources/HNSW",
      swiftSettings: house + [.enableExperimentalFeature("BuiltinModule")]
    ),
    .target(
      name: "VectorStoreCore",
      dependencies: [
        "HNSW",
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Sources/VectorStore",
      swiftSettings: house
    ),
    .target(
      name: "LocalBackend",
      dependencies: [
        "HNSW",
        "VectorStoreCore",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Sources/Backends/Local",
      swiftSettings: house
    ),
    .systemLibrary(
      name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
    ),
    .target(
      name: "PostgresBackend",
      dependencies: [
        "HNSW",
        "VectorStoreCore",
        "CLibPQ",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
      ],
      path: "Sources/Backends/Postgres",
      swiftSettings: house
    ),
    .target(
      name: "VectorStoreTesting",
      dependencies: ["HNSW", "VectorStoreCore", "LocalBackend"],
      path: "Sources/Testing",
      swiftSettings: house
    ),
    .target(
      name: "VectorStoreServer",
      dependencies: [
        "HNSW",
        "VectorStoreCore",
        .product(name: "Logging", package: "swift-log"),
      ] + service,
      path: "Sources/Server",
      swiftSettings: house
    ),
    .executableTarget(
      name: "VectorStoreCLI",
      dependencies: [
        "HNSW",
        "VectorStoreCore",
        "LocalBackend",
        "PostgresBackend",
        "LocalEmbeddings",
        "RemoteEmbeddings",
        .target(name: "VectorStoreServer", condition: .when(traits: ["Server"])),
        argumentParser,
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Sources/CLI",
      swiftSettings: house
    ),
    .target(
      name: "LocalEmbeddings",
      dependencies: ["VectorStoreCore"],
      path: "Sources/Embeddings/Local",
      swiftSettings: house + [.enableExperimentalFeature("BuiltinModule")]
    ),
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .target(
      name: "RemoteEmbeddings",
      dependencies: ["VectorStoreCore", "CCurl"],
      path: "Sources/Embeddings/Remote",
      swiftSettings: house
    ),
    .executableTarget(
      name: "VectorStoreBench",
      dependencies: [
        "HNSW",
        "VectorStoreCore",
        "LocalBackend",
        "PostgresBackend",
        "LocalEmbeddings",
        "VectorStoreTesting",
        argumentParser,
      ],
      path: "Sources/Bench",
      swiftSettings: house
    ),
    .testTarget(
      name: "HNSWTests",
      dependencies: ["HNSW"],
      path: "Tests/HNSWTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "VectorStoreTests",
      dependencies: ["HNSW", "VectorStoreCore", "VectorStoreTesting"],
      path: "Tests/VectorStoreTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "LocalBackendTests",
      dependencies: [
        "HNSW", "VectorStoreCore", "LocalBackend", "VectorStoreTesting", "StoreCrash",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Tests/LocalBackendTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "PostgresBackendTests",
      dependencies: ["HNSW", "VectorStoreCore", "LocalBackend", "PostgresBackend", "CLibPQ", "VectorStoreTesting"],
      path: "Tests/PostgresBackendTests",
      swiftSettings: house
    ),
    // The process that the tests of LocalBackend kill.
    .executableTarget(
      name: "StoreCrash",
      dependencies: ["HNSW", "VectorStoreCore", "LocalBackend"],
      path: "Tests/CrashChild",
      swiftSettings: house
    ),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "HNSW", "VectorStoreServer", "VectorStoreCore", "LocalBackend", "VectorStoreTesting",
        .product(name: "Logging", package: "swift-log"),
      ] + service,
      path: "Tests/ServerTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "CLITests",
      dependencies: ["VectorStoreCLI", "PostgresBackend", "VectorStoreCore", "VectorStoreTesting", "ProviderDouble"],
      path: "Tests/CLITests",
      swiftSettings: house
    ),
    .testTarget(
      name: "LocalEmbeddingsTests",
      dependencies: ["LocalEmbeddings", "VectorStoreCore", "VectorStoreTesting"],
      path: "Tests/LocalEmbeddingsTests",
      swiftSettings: house
    ),
    // An embedding provider on loopback, with the quirks of real ones.
    .target(
      name: "ProviderDouble",
      dependencies: ["VectorStoreCore"],
      path: "Tests/Support/ProviderDouble",
      swiftSettings: house
    ),
    .testTarget(
      name: "RemoteEmbeddingsTests",
      dependencies: ["RemoteEmbeddings", "VectorStoreCore", "ProviderDouble"],
      path: "Tests/RemoteEmbeddingsTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "BenchTests",
      dependencies: ["VectorStoreBench", "HNSW", "VectorStoreCore", "LocalBackend", "PostgresBackend"],
      path: "Tests/BenchTests",
      swiftSettings: house
    ),
  ],
  swiftLanguageModes: [.v6]
)
