// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// What a ``ReferenceBackend`` holds.
struct ReferenceState {
  var records: [[UInt8]: Record] = [:]
  var ledger: [[UInt8]: LedgerEntry] = [:]
  var space: RecordedSpace?
  var index: IndexStatus
  var hasKeywords: Bool
  var isClosed = false

  init(_ options: OpenOptions) {
    space = options.space.map { RecordedSpace($0, embedderName: options.embedderName) }
    index = IndexStatus(state: .ready, specification: options.index)
    hasKeywords = options.keywords
  }

  var sorted: [Record] { records.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) } }

  static func key(_ id: String, foldsCanonical: Bool) -> [UInt8] {
    Array((foldsCanonical ? id.precomposedStringWithCanonicalMapping : id).utf8)
  }
}
