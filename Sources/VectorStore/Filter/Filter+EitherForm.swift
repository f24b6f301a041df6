// SPDX-License-Identifier: Apache-2.0

extension Filter {
  private static let openAITypes: Set<String> = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "and", "or"]

  /// The filter in LangChain's JSON, or in OpenAI's where the object has a `type` that is one of its words.
  ///
  /// One that lacks its `value` is OpenAI's too, so that what is missing is said instead of nothing found.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidFilter``.
  package init(eitherForm json: JSONValue) throws {
    let isOpenAI =
      json["type"]?.stringValue.map { Self.openAITypes.contains($0) } == true
      && (json["filters"] != nil || json["key"] != nil)
    self = isOpenAI ? try Filter(openAI: json) : try Filter(json: json)
  }
}
