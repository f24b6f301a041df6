// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalEmbeddings
import Testing

/// all-MiniLM-L6-v2, as `scripts/fetch-model` brings it.
enum MiniLM {
  /// The folder: `VECTORSTORE_MODEL`, or where `scripts/fetch-model` puts it.
  static let folder: String =
    ProcessInfo.processInfo.environment["VECTORSTORE_MODEL"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".build/models/all-MiniLM-L6-v2")
    .path

  /// The model. Its absence is a failure of the test, not a reason to skip it.
  static func load(_ options: LocalEmbedder.Options = .init()) throws -> LocalEmbedder {
    try #require(
      FileManager.default.fileExists(atPath: folder + "/model.safetensors"),
      "all-MiniLM-L6-v2 is not in \(folder): run scripts/fetch-model, or name its folder in VECTORSTORE_MODEL")
    return try LocalEmbedder(folder: folder, options: options)
  }
}
