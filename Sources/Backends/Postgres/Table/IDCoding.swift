// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Ids, which are strings, in columns of type text, uuid or bigint.
struct IDCoding: Sendable {
  let layout: TableLayout

  init(_ layout: TableLayout) { self.layout = layout }

  /// The id as the table has it: a UUID in lower case, a number without signs and zeros that say nothing; nil for a text that
  /// is none.
  func canonical(_ id: String) -> String? {
    switch layout.idType {
    case .text: return id.isEmpty || id.utf8.contains(0) ? nil : id
    case .uuid: return Self.uuid(id)
    case .bigint: return Int64(id).map(String.init)
    }
  }

  /// The id as the table has it.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidIdentifier``.
  func required(_ id: String) throws -> String {
    guard let canonical = canonical(id) else {
      throw VectorStoreError(
        .invalidIdentifier,
        layout.idType == .text
          ? "an id must have at least one byte and no NUL byte"
          : "the id '\(id.prefix(60))' is no \(layout.idType.rawValue), and that is the type of the column \(layout.id)",
        context: [.table: layout.name.display, .tableColumn: layout.id.name])
    }
    return canonical
  }

  /// Whether the row's id is one of these.
  func isAny(of ids: [String]) -> SQLText {
    let known = ids.compactMap { canonical($0) }
    return "\(layout.id) = ANY(\(bind: .texts(known))::text[]::\(arrayType))"
  }

  /// Whether the row's id comes after a cursor.
  func isAfter(_ cursor: String) -> SQLText {
    // No id has a NUL, so that what follows one decides nothing; and PostgreSQL takes no such text.
    let cursor = cursor.utf8.contains(0) ? String(decoding: cursor.utf8.prefix { $0 != 0 }, as: UTF8.self) : cursor
    switch layout.idType {
    case .text: return "\(layout.id) COLLATE \"C\" > \(bind: .text(cursor))"
    case .uuid:
      // A text between two UUIDs is a cursor too, by the order of bytes.
      guard let uuid = Self.uuid(cursor) else { return "(\(layout.id)::text) COLLATE \"C\" > \(bind: .text(cursor))" }
      return "\(layout.id) > \(bind: .text(uuid))::text::uuid"
    case .bigint: return "(\(layout.id)::text) COLLATE \"C\" > \(bind: .text(cursor))"
    }
  }

  /// The type of an array of ids.
  var arrayType: SQLText {
    switch layout.idType {
    case .text: "text[]"
    case .uuid: "uuid[]"
    case .bigint: "bigint[]"
    }
  }

  /// A text as an id.
  func cast(_ text: SQLText) -> SQLText {
    switch layout.idType {
    case .text: text
    case .uuid: "\(text)::uuid"
    case .bigint: "\(text)::bigint"
    }
  }

  /// 32 hexadecimal digits, hyphens where they belong, in lower case.
  private static func uuid(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    for (place, byte) in bytes.enumerated() {
      let isHyphen = [8, 13, 18, 23].contains(place)
      let isDigit = (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
      guard isHyphen ? byte == UInt8(ascii: "-") : isDigit else { return nil }
    }
    return text.lowercased()
  }
}
