// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The answer of a command that has one object to tell.
enum Report {
  /// Writes the object as a line of JSON, or as a list for people.
  static func write(_ object: JSONObject, asJSON: Bool) throws {
    if asJSON { return try OutputFile.standard.json(object) }
    for line in PropertyList.lines(object) { try OutputFile.standard.line(line) }
  }
}
