// SPDX-License-Identifier: Apache-2.0

/// A piece of SQL with its values.
///
/// It is written as a string literal. What is put into it can only be other SQL, a quoted name, or a bound value, so that no
/// string from outside can become text of the statement:
///
/// ```swift
/// let sql: SQLText = "SELECT \(column) FROM \(table) WHERE \(column) = \(bind: .text(value))"
/// ```
package struct SQLText: Sendable, Hashable, ExpressibleByStringInterpolation {
  package enum Part: Sendable, Hashable {
    case text(String)
    case parameter(PGParameter)
  }

  package private(set) var parts: [Part]

  package struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(2 * interpolationCount + 1) }

    package mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { parts.append(.text(literal)) } }
    package mutating func appendInterpolation(_ sql: SQLText) { parts += sql.parts }
    package mutating func appendInterpolation(_ name: SQLIdentifier) { parts.append(.text(name.description)) }
    package mutating func appendInterpolation(_ type: SQLTypeName) { parts.append(.text(type.description)) }
    package mutating func appendInterpolation(bind value: PGParameter) { parts.append(.parameter(value)) }
    package mutating func appendInterpolation(_ number: Int) { parts.append(.text(String(number))) }
  }

  /// SQL of our own.
  package init(stringLiteral text: String) { parts = text.isEmpty ? [] : [.text(text)] }
  /// SQL of our own with other SQL, names and values in it.
  package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// What PostgreSQL itself wrote: by `quote_literal` of a value, for statements that take no bound values, or an expression of
  /// its catalog.
  package init(quotedByServer literal: String) { parts = [.text(literal)] }

  /// Whether there is no text.
  package var isEmpty: Bool { parts.isEmpty }

  /// Appends more.
  package static func += (sql: inout SQLText, more: SQLText) { sql.parts += more.parts }

  /// The statement, its values numbered; equal values of equal types share a number.
  package func statement(isPrepared: Bool = true) -> PGStatement {
    var text = ""
    var numbering = ParameterNumbering()
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .parameter(let value):
        text += "$"
        text += String(numbering.number(of: value))
      }
    }
    return PGStatement(text, parameters: numbering.parameters, isPrepared: isPrepared)
  }
}

extension Sequence<SQLText> {
  /// The pieces with a separator of our own between them.
  package func joined(by separator: SQLText) -> SQLText {
    var result: SQLText = ""
    for (place, piece) in enumerated() {
      if place > 0 { result += separator }
      result += piece
    }
    return result
  }
}
