// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A user of the embedded store alone: no traits, so nothing that the commands need is resolved. `scripts/test` copies this
// folder, puts the README's example into it, and runs it.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(path: "../swift-vector-store", traits: [])],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "VectorStoreCore", package: "swift-vector-store"),
        .product(name: "LocalBackend", package: "swift-vector-store"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
