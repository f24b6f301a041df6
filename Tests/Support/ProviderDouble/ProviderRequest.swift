// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// What a client sent.
package struct ProviderRequest: Sendable {
  /// How many requests came before it.
  package let number: Int
  /// How many connections were made before its own.
  package let connection: Int
  package let method: String
  /// What follows the method: a path with its query, for a proxy a whole URL.
  package let target: String
  /// By names in lower case.
  package let headers: [String: String]
  package let body: [UInt8]

  /// The body as JSON, null where it is none.
  package var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

  /// The texts of `input`, where all are strings.
  package var texts: [String] {
    if let text = json["input"]?.stringValue { return [text] }
    let elements = json["input"]?.arrayValue ?? []
    let texts = elements.compactMap(\.stringValue)
    return texts.count == elements.count ? texts : []
  }
}
