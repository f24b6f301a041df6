// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
  /// What the parser does where RFC 8259 leaves it open.
  public struct ParsingOptions: Sendable, Hashable {
    /// What a key that an object has twice means.
    public enum DuplicateKeys: Sendable, Hashable {
      /// The last value counts, at the place of the first: what PostgreSQL's `jsonb`, Python and JavaScript do. For
      /// stored rows, which must be readable.
      case lastWins
      /// It is an error. For what a person writes, such as a filter, where one of the two would be lost silently.
      case reject
    }

    /// What a repeated key means; ``DuplicateKeys/lastWins`` by default.
    public var duplicateKeys: DuplicateKeys
    /// How deep arrays and objects may lie in each other, at most 1,000; ``JSONValue/depthLimit`` by default. The
    /// parser recurses.
    public var depthLimit: Int

    /// Options with these values.
    public init(duplicateKeys: DuplicateKeys = .lastWins, depthLimit: Int = JSONValue.depthLimit) {
      self.duplicateKeys = duplicateKeys
      self.depthLimit = min(max(depthLimit, 0), 1_000)
    }
  }

  /// The value of a JSON text.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidJSON`` with the offset, line and column of what is wrong.
  /// - Complexity: O(n).
  public init(parsing text: String, options: ParsingOptions = ParsingOptions()) throws {
    try self.init(parsing: Array(text.utf8), options: options)
  }

  /// The value of a JSON text in UTF-8.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidJSON``, also where the bytes are not UTF-8.
  public init(parsing bytes: [UInt8], options: ParsingOptions = ParsingOptions()) throws {
    var parser = JSONParser(bytes, options: options)
    self = try parser.parse()
  }
}
