// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// What an ingest deletes, as it is written on the command line.
struct CleanupArgument: ExpressibleByArgument {
  let cleanup: SyncCleanup

  static let incremental = CleanupArgument(cleanup: .incremental)

  private init(cleanup: SyncCleanup) { self.cleanup = cleanup }

  init?(argument: String) {
    guard let cleanup = SyncCleanup(rawValue: argument) else { return nil }
    self.cleanup = cleanup
  }

  var defaultValueDescription: String { cleanup.rawValue }
  static var allValueStrings: [String] { SyncCleanup.allCases.map(\.rawValue) }
}
