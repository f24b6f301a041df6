// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A labels file: text, one int32 a line for each base row.
package enum LabelsFile {
  /// The labels of `count` rows.
  ///
  /// - Throws: ``VectorFileError`` where a line is no int32, or there are more or fewer lines than rows.
  package static func read(_ path: String, count: Int) throws -> [Int32] {
    let reader = try FileReader(path: path)
    let text = String(decoding: try reader.read(reader.size, as: "the file"), as: UTF8.self)
    var labels: [Int32] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: true).enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      guard let label = Int32(trimmed) else {
        throw VectorFileError(path: path, "line \(number + 1) is no 32-bit whole number: '\(trimmed.prefix(40))'")
      }
      labels.append(label)
    }
    guard labels.count == count else {
      throw VectorFileError(path: path, "needs one label for each of \(count) base rows, has \(labels.count)")
    }
    return labels
  }
}
