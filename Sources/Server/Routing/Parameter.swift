// SPDX-License-Identifier: Apache-2.0

/// A parameter behind the `?` of a route.
struct Parameter: Sendable {
  /// How its text is read.
  enum Kind: Sendable {
    case text, flag, number, json
  }

  let name: String
  let kind: Kind
  /// Its schema, JSON Schema as OpenAPI 3.1 has it.
  let schema: String
  /// For people.
  let about: String
  var isRequired = false
}
