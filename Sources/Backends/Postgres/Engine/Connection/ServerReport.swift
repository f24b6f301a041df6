// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

/// What the server said of an error or a notice.
///
/// The detail is left out: it quotes values ("Key (id)=(…) already exists").
struct ServerReport {
  let sqlState: String?
  let severity: String?
  let message: String
  let hint: String?
  let schema: String?
  let table: String?
  let column: String?
  let constraint: String?

  init(_ result: OpaquePointer) {
    func field(_ code: UnicodeScalar) -> String? {
      PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }
    sqlState = field("C")
    severity = field("V")
    hint = field("H")
    schema = field("s")
    table = field("t")
    column = field("c")
    constraint = field("n")
    let whole = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
    message = field("M") ?? Self.firstLine(whole)
  }

  /// The error for a user.
  func error(context more: [VectorStoreError.ContextKey: String] = [:]) -> VectorStoreError {
    var context = more
    if let sqlState { context[.sqlState] = sqlState }
    if let table { context[.table] = schema.map { "\($0).\(table)" } ?? table }
    if let column { context[.tableColumn] = column }
    if let constraint { context["constraint"] = constraint }
    var text = message
    if let hint { text += " (hint: \(hint))" }
    return VectorStoreError(SQLState.code(sqlState), text, context: context)
  }

  static func firstLine(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.isEmpty ? "PostgreSQL reported an error without a message" : line
  }
}
