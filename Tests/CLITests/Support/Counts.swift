// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What an ingest answered.
struct Counts: Equatable {
  var added = 0
  var updated = 0
  var skipped = 0
  var deleted = 0
  var failed = 0
  var status: Int32 = 0

  struct NoAnswer: Error { let errors: String }

  init(_ added: Int = 0, updated: Int = 0, skipped: Int = 0, deleted: Int = 0, failed: Int = 0, status: Int32 = 0) {
    (self.added, self.updated, self.skipped) = (added, updated, skipped)
    (self.deleted, self.failed, self.status) = (deleted, failed, status)
  }

  init(_ outcome: BuiltCommand.Outcome) throws {
    guard outcome.lines.count == 1, let line = outcome.lines.first,
      let object = try JSONValue(parsing: line).objectValue,
      object.keys == ["added", "updated", "skipped", "deleted", "failed"]
    else { throw NoAnswer(errors: outcome.output + outcome.errors) }
    let numbers = object.map { Int($0.value.integerValue ?? -1) }
    self.init(
      numbers[0], updated: numbers[1], skipped: numbers[2], deleted: numbers[3], failed: numbers[4],
      status: outcome.status)
  }
}
