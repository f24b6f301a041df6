// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// A table that is filled with base rows: their numbers, vectors, and what filters compare.
struct ScratchTable: Sendable {
  /// The table, qualified.
  let name: SQLText

  /// A table of this name in a schema.
  init(_ schema: SQLIdentifier) {
    name = "\(schema).\(Self.table)"
  }

  static let table = SQLIdentifier(known: "items")
  static let id: SQLText = "id"
  static let embedding = SQLIdentifier(known: "embedding")

  /// Makes the table, fills it by COPY BINARY, and has it vacuumed and analysed.
  ///
  /// - Parameters:
  ///   - type: vector or halfvec.
  ///   - labels: one for each row, where filters by label are wanted.
  ///   - seed: that of the random filters.
  func fill(
    _ rows: Matrix<Float>, type: VectorColumnType, labels: [Int32]?, seed: UInt64, _ vectorExtension: VectorExtension,
    _ connection: PGConnection
  ) async throws {
    let create: SQLText = """
      CREATE TABLE \(name) (id int4 PRIMARY KEY, embedding \(vectorExtension.schema).\(type.sql(dimension: rows.dimension)) NOT NULL,
      r int8 NOT NULL, category int4)
      """
    _ = try await connection.execute(create.statement(isPrepared: false))
    var writer = PGCopyWriter(columns: 4)
    var row = 0
    var isFinished = false
    let copy: SQLText = "COPY \(name) (id, embedding, r, category) FROM STDIN (FORMAT binary)"
    let copied = try await connection.copyIn(copy.statement(isPrepared: false)) {
      guard !isFinished else { return nil }
      while row < rows.count, writer.bytes.count < Self.chunkBytes {
        writer.beginRow()
        writer.append(.bigEndian(Int32(row)))
        try writer.append(vector: Array(rows[row]), as: type)
        writer.append(.bigEndian(Self.ordered(SplitMix64.output(seed: seed, index: UInt64(row)))))
        writer.append(labels.map { .bigEndian($0[row]) })
        row += 1
      }
      if row == rows.count {
        writer.finish()
        isFinished = true
      }
      Console.progress("loading: \(row) of \(rows.count)")
      var chunk: [UInt8] = []
      writer.take { chunk = Array($0) }
      return chunk
    }
    Console.endProgress()
    guard copied == rows.count else { throw BenchError("the server took \(copied) of \(rows.count) rows") }
    let vacuum: SQLText = "VACUUM (ANALYZE) \(name)"
    _ = try await connection.execute(vacuum.statement(isPrepared: false))
  }

  /// The condition of a filter; `nil` for one that allows every row.
  static func condition(_ rule: RowFilter.Rule) -> SQLText? {
    switch rule {
    case .all: return nil
    case .below(let limit): return "r < (\(Int(ordered(limit))))::int8"
    case .labels(let values):
      let list = values.map { "(\(Int($0)))::int4" as SQLText }.joined(by: ", ")
      return values.count == 1 ? "category = \(list)" : "category = ANY (ARRAY[\(list)])"
    }
  }

  private static let chunkBytes = 1 << 20

  /// A number of int8 that is ordered among others as `value` is: PostgreSQL has no unsigned ones.
  private static func ordered(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value ^ (1 << 63))
  }
}
