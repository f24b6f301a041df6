// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Rows in the format of `COPY … FROM STDIN (FORMAT binary)`.
///
/// ```swift
/// var writer = PGCopyWriter(columns: 2)
/// writer.beginRow()
/// writer.append(text: id)
/// try writer.append(vector: vector, as: .vector)
/// writer.finish()
/// ```
package struct PGCopyWriter: Sendable {
  /// What has been written and not taken.
  package private(set) var bytes: [UInt8] = []
  /// How many rows have been begun.
  package private(set) var rows = 0
  private let columns: Int

  /// Begins with the format's header.
  package init(columns: Int) {
    self.columns = columns
    bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    bytes.append(bigEndian: Int32(0))
    bytes.append(bigEndian: Int32(0))
  }

  /// Begins a row, whose fields are then appended in the order of the statement's columns.
  package mutating func beginRow() {
    bytes.append(bigEndian: Int16(clamping: columns))
    rows += 1
  }

  /// A field in the binary form of its column's type; nil is NULL.
  package mutating func append(_ field: [UInt8]?) { bytes.append(field: field) }

  /// A field of type text, varchar or json.
  package mutating func append(text: String?) {
    guard var text else { return bytes.append(field: nil) }
    text.withUTF8 {
      bytes.append(bigEndian: Int32(clamping: $0.count))
      bytes.append(contentsOf: $0)
    }
  }

  /// A field of type jsonb.
  package mutating func append(jsonb text: String?) {
    guard var text else { return bytes.append(field: nil) }
    text.withUTF8 {
      bytes.append(bigEndian: Int32(clamping: $0.count + 1))
      bytes.append(1)
      bytes.append(contentsOf: $0)
    }
  }

  /// A field of one of pgvector's types.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidRow`` that names the row; then the bytes are of no more use.
  package mutating func append(vector: [Float]?, as type: VectorColumnType) throws {
    try bytes.append(vectorField: vector, as: type, row: rows - 1)
  }

  /// The format's end.
  package mutating func finish() { bytes.append(bigEndian: Int16(-1)) }

  /// Takes what has been written, so that a long COPY is sent in pieces; the room is kept.
  package mutating func take(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try bytes.withUnsafeBytes(body)
    bytes.removeAll(keepingCapacity: true)
  }
}
