// SPDX-License-Identifier: Apache-2.0

/// What one transaction of a sync is made of: whole sources, or a part of a large one.
struct SyncGroup {
  /// Documents in one transaction.
  static let limit = 512

  /// The documents.
  var documents: [SyncDocument] = []
  /// The sources that end in this group, and are cleaned up in it.
  var finishedSources: [String] = []

  var isEmpty: Bool { documents.isEmpty && finishedSources.isEmpty }
}
