// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Settings that every target of this package shares.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "swift-vector-store",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "HNSW", targets: ["HNSW"]),
    .library(name: "VectorStoreCore", targets: ["VectorStoreCore"]),
    .library(name: "LocalEmbeddings", targets: ["LocalEmbeddings"]),
    .executable(name: "vectorstore-bench", targets: ["VectorStoreBench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2")
  ],
  targets: [
    .target(
      name: "HNSW",
      path: "Sources/HNSW",
      swiftSettings: house + [.enableExperimentalFeature("BuiltinModule")]
    ),
    .target(
      name: "VectorStoreCore",
      dependencies: ["HNSW"],
      path: "Sources/VectorStore",
      swiftSettings: house
    ),
    .target(
      name: "LocalEmbeddings",
      dependencies: ["VectorStoreCore"],
      path: "Sources/Embeddings/Local",
      swiftSettings: house + [.enableExperimentalFeature("BuiltinModule")]
    ),
    .executableTarget(
      name: "VectorStoreBench",
      dependencies: [
        "HNSW",
        "LocalEmbeddings",
        "VectorStoreCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
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
      dependencies: ["VectorStoreCore"],
      path: "Tests/VectorStoreTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "LocalEmbeddingsTests",
      dependencies: ["LocalEmbeddings", "VectorStoreCore"],
      path: "Tests/LocalEmbeddingsTests",
      swiftSettings: house
    ),
    .testTarget(
      name: "BenchTests",
      dependencies: ["VectorStoreBench", "HNSW"],
      path: "Tests/BenchTests",
      swiftSettings: house
    ),
  ],
  swiftLanguageModes: [.v6]
)
