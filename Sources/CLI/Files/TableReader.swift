// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Rows of a table as texts: the first row names the columns.
///
/// One column is the text, one may be the id, the others are metadata. A field that is a JSON number or `true` or
/// `false` is that, so that filters can compare it; an empty field is left out. A row may be shorter than the first; what
/// a longer one has more is in `extra`.
struct TableReader {
  let delimiter: Unicode.Scalar
  let options: ReadingOptions

  /// The rows of a table's text.
  func parts(of text: String) throws -> [FilePart] {
    var reader = CSVReader(text, delimiter: delimiter)
    guard let header = try reader.next() else { return [] }
    let contentName = try options.contentName(among: header.fields)
    var parts: [FilePart] = []
    while let row = try reader.next() {
      var part = FilePart(text: "")
      for (name, value) in zip(header.fields, row.fields) where !value.isEmpty {
        if name == contentName {
          part.text = value
        } else if name == options.idName {
          part.id = value
        } else if !name.isEmpty {
          part.metadata[name] = metadata(value)
        }
      }
      if row.fields.count > header.fields.count {
        part.metadata["extra"] = .array(row.fields.dropFirst(header.fields.count).map { .string($0) })
      }
      parts.append(part)
    }
    return parts
  }

  private func metadata(_ value: String) -> JSONValue {
    if options.keepsStrings { return .string(value) }
    switch value {
    case "true": return true
    case "false": return false
    default: return JSONNumber.value(of: value) ?? .string(value)
    }
  }
}
