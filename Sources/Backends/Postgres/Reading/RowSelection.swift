// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The columns of a record in a SELECT, and a record from a row of its result.
struct RowSelection: Sendable {
  let layout: TableLayout
  let includesVectors: Bool
  /// The expressions, in the order in which ``record(_:row:)`` reads them.
  let columns: SQLText
  /// How many there are; what a caller adds comes after them.
  let count: Int

  init(_ layout: TableLayout, includesVectors: Bool) {
    self.layout = layout
    self.includesVectors = includesVectors
    var columns: [SQLText] = ["\(layout.idText) AS \"id\"", "\(layout.content)::text"]
    if let json = layout.json { columns.append("\(json)::text") }
    columns += layout.members.map(\.metadataColumn.jsonText)
    if includesVectors { columns.append("\(layout.embedding)") }
    self.columns = columns.joined(by: ", ")
    count = columns.count
  }

  /// The record of a row.
  ///
  /// - Throws: ``VectorStoreError/Code/decodingFailed`` for a vector that is none.
  func record(_ result: PGResult, row: Int) throws -> Record {
    var place = 0
    func next() -> Int {
      defer { place += 1 }
      return place
    }
    var record = Record(id: result.text(row, next()) ?? "", content: result.text(row, next()) ?? "")
    if let json = layout.json { record.metadata = metadata(result.text(row, next()), column: json.name) }
    for member in layout.members {
      guard let text = result.text(row, next()), let value = try? JSONValue(parsing: text), !value.isNull else {
        continue
      }
      record.metadata[member.name] = value
    }
    if includesVectors {
      let column = next()
      record.vector = result.bytes(row, column) { VectorCodec.decode($0, as: layout.vectorType) ?? [] } ?? []
    }
    return record
  }

  /// Rows with a distance after the columns, nearest first. A row without one, such as a vector of norm zero under cosine, is
  /// NULL or NaN.
  ///
  /// - Throws: as ``record(_:row:)``.
  func nearest(_ result: PGResult) throws -> [CandidateSet.Candidate] {
    var found: [CandidateSet.Candidate] = []
    found.reserveCapacity(result.rowCount)
    var isOrdered = true
    for row in 0..<result.rowCount {
      guard let distance = result.double(row, count), !distance.isNaN else { continue }
      if let last = found.last, last.value > distance { isOrdered = false }
      found.append(.init(record: try record(result, row: row), value: distance))
    }
    // IVFFlat's iterative scan gives them nearly in order.
    if !isOrdered { found.sort { $0.value < $1.value } }
    return found
  }

  /// The members of a JSON column. What other programs have put there and is no object is a member under the column's name,
  /// so that a row is never kept from being read.
  private func metadata(_ text: String?, column: String) -> JSONObject {
    guard let text else { return [:] }
    guard let value = try? JSONValue(parsing: text) else { return [column: .string(text)] }
    switch value {
    case .object(let object): return object
    case .null: return [:]
    default: return [column: value]
    }
  }
}
