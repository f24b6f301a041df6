// SPDX-License-Identifier: Apache-2.0

/// The value of a build parameter: a scalar, or a list of them.
package indirect enum ParameterValue: Codable, Equatable, Sendable {
  case integer(Int)
  case double(Double)
  case bool(Bool)
  case text(String)
  case list([ParameterValue])
  case none

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .double(value)
    } else if let values = try? container.decode([ParameterValue].self) {
      self = .list(values)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .double(let value): try container.encode(value)
    case .bool(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .none: try container.encodeNil()
    }
  }

  /// The value as a reader wants to see it.
  package var text: String {
    switch self {
    case .integer(let value): String(value)
    case .double(let value): String(value)
    case .bool(let value): String(value)
    case .text(let value): value
    case .list(let values): values.map(\.text).joined(separator: "/")
    case .none: NumberText.none
    }
  }
}
