// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import VectorStoreCore

/// A provider's key or token, and where it came from. Its value is in no description, dump or error.
public struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key itself.
  let value: String
  /// Where it came from, for messages, such as `the variable OPENAI_API_KEY`.
  public let source: String

  /// A key that the program has got by itself.
  ///
  /// - Parameter source: where it came from, for messages.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for an empty key, and for one with a control character or
  ///   another character than ASCII, which would become another header.
  public init(_ value: String, source: String = "the program") throws {
    let value = value.trimmed
    guard !value.isEmpty else { throw Self.fault("the key of \(source) is empty") }
    guard HeaderRules.isValue(value), value.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw Self.fault("the key of \(source) holds a line break or another character that no key has")
    }
    self.value = value
    self.source = source
  }

  /// The key in a file, without the white space around it.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for a file that cannot be read, and as ``init(_:source:)``.
  public init(file path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Self.fault("the file of the key, \(path), cannot be read")
    }
    guard data.count <= 65_536, let text = String(validating: data, as: UTF8.self) else {
      throw Self.fault("the file \(path) is no key")
    }
    try self.init(text, source: "the file \(path)")
  }

  /// The key of a variable, or in the file that the variable of that name with `_FILE` names.
  ///
  /// An empty variable is as good as none. The variable itself counts before the file.
  ///
  /// - Returns: nil where neither is set.
  /// - Throws: as ``init(_:source:)`` and ``init(file:)``.
  public init?(variable name: String, environment: [String: String]? = nil) throws {
    let environment = environment ?? ProcessInfo.processInfo.environment
    if let value = environment[name], !value.isEmpty {
      try self.init(value, source: "the variable \(name)")
    } else if let path = environment[name + "_FILE"], !path.isEmpty {
      try self.init(file: path)
    } else {
      return nil
    }
  }

  private static func fault(_ message: String) -> VectorStoreError { VectorStoreError(.invalidArgument, message) }

  /// Where the key came from.
  public var description: String { "a key from \(source)" }

  /// Where the key came from.
  public var debugDescription: String { description }

  /// Where the key came from.
  public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
