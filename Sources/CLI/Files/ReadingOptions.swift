// SPDX-License-Identifier: Apache-2.0

/// What has to be known to read files, beside the files.
struct ReadingOptions: Sendable {
  /// How text without a byte-order mark is encoded; UTF-8 if nil.
  var encoding: TextEncoding?
  /// The column or member that holds the text; if nil, the first that is there of ``usualContentNames``.
  var contentName: String?
  /// The column or member that holds the id.
  var idName = "id"
  /// Whether all columns of a table are strings, also those that look like numbers.
  var keepsStrings = false
  /// How long a program may take that reads a file; nil for as long as it likes.
  var timeLimit: Duration?

  /// What texts are usually called.
  static let usualContentNames = ["content", "text", "page_content", "body", "document", "passage"]

  /// Which of these names is the text's.
  func contentName(among names: [String]) throws -> String {
    let candidates = contentName.map { [$0] } ?? Self.usualContentNames
    for candidate in candidates {
      if let name = names.first(where: { $0 == candidate }) { return name }
    }
    if contentName == nil {
      for candidate in candidates {
        if let name = names.first(where: { $0.lowercased() == candidate }) { return name }
      }
    }
    let wanted = candidates.map { "'\($0)'" }.joined(separator: ", ")
    let there = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    throw FileFault("no \(wanted) among \(there.isEmpty ? "nothing" : there); name it with --content-field")
  }
}
