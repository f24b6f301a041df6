// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Filters as people write them.
enum FilterText {
  /// The filter of a text, in LangChain's JSON, or in OpenAI's where the object has a `type` that is one of its words.
  ///
  /// - Throws: ``CommandError`` that shows the place.
  static func filter(of text: String) throws -> Filter {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: text, options: .init(duplicateKeys: .reject))
    } catch let error as VectorStoreError {
      throw CommandError.usage("--filter is no JSON: \(error.message)\(pointer(text, error))")
    }
    do {
      return try Filter(eitherForm: json)
    } catch let error as VectorStoreError {
      throw CommandError.usage("--filter: \(error.message)")
    }
  }

  /// The text with a mark under what is wrong.
  private static func pointer(_ text: String, _ error: VectorStoreError) -> String {
    guard let offset = error.context[.offset].flatMap({ Int($0) }), offset <= text.utf8.count,
      text.utf8.count <= 200, !text.contains("\n")
    else { return "" }
    let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    return "\n  \(text)\n  \(String(repeating: " ", count: DisplayWidth.of(before)))^"
  }
}
