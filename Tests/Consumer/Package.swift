// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A user of the package. `scripts/test` copies this folder, puts the README's example into it, and runs it.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(path: "../swift-vector-store")],
  targets: [
    .executableTarget(name: "Consumer", dependencies: [.product(name: "HNSW", package: "swift-vector-store")])
  ],
  swiftLanguageModes: [.v6]
)
