// SPDX-License-Identifier: Apache-2.0

/// What went wrong in a store, where, and what would be right.
///
/// ``message`` is for a person; ``code`` is for a program; ``context`` says where it happened. Secrets (keys,
/// passwords, URLs that hold them)
/// are in none of them: whoever makes an error leaves them out.
public struct VectorStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of an error. More may be added, so a `switch` over them needs a `default`.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: String, Sendable, CaseIterable {
      case invalidJSON, invalidFilter, invalidArgument, decodingFailed, encodingFailed
      case embeddingSpaceMismatch, dimensionMismatch, zeroNormQuery, embedderMissing, embeddingFailed
      case notFound, unsupported, invalidIdentifier, invalidRow, schemaMismatch
      case busy, readOnly, corrupt, unavailable, io, backend
    }

    private let kind: Kind
    private init(_ kind: Kind) { self.kind = kind }

    /// The text is no JSON (RFC 8259), or goes beyond a limit of the parser.
    public static let invalidJSON = Code(.invalidJSON)
    /// The filter is malformed; the context's `path` names the place in it.
    public static let invalidFilter = Code(.invalidFilter)
    /// A parameter is out of its range.
    public static let invalidArgument = Code(.invalidArgument)
    /// Metadata does not have the shape of the type that it is decoded into.
    public static let decodingFailed = Code(.decodingFailed)
    /// A value has no JSON form, such as a NaN.
    public static let encodingFailed = Code(.encodingFailed)
    /// The store was made with another embedding space.
    public static let embeddingSpaceMismatch = Code(.embeddingSpaceMismatch)
    /// A vector has another number of dimensions than the store.
    public static let dimensionMismatch = Code(.dimensionMismatch)
    /// The query vector has norm zero, and cosine has no distance from it.
    public static let zeroNormQuery = Code(.zeroNormQuery)
    /// The call needs an embedder, and the store was opened without one.
    public static let embedderMissing = Code(.embedderMissing)
    /// The embedder failed, or answered with something other than one finite vector for each text.
    public static let embeddingFailed = Code(.embeddingFailed)
    /// The row, collection, index or file is not there.
    public static let notFound = Code(.notFound)
    /// The backend cannot do this.
    public static let unsupported = Code(.unsupported)
    /// The id does not fit the type of the id column.
    public static let invalidIdentifier = Code(.invalidIdentifier)
    /// A row to be written is not acceptable; the context's `row` counts from 0 within the call.
    public static let invalidRow = Code(.invalidRow)
    /// The table or database does not have the columns, types or version expected.
    public static let schemaMismatch = Code(.schemaMismatch)
    /// Another writer holds the store.
    public static let busy = Code(.busy)
    /// The store was opened for reading only, or the system allows no writing.
    public static let readOnly = Code(.readOnly)
    /// Stored data is damaged.
    public static let corrupt = Code(.corrupt)
    /// The server or provider cannot be reached, or asks to wait.
    public static let unavailable = Code(.unavailable)
    /// The system refused a file operation.
    public static let io = Code(.io)
    /// The database reported an error that no other code describes.
    public static let backend = Code(.backend)

    /// All kinds that there are now.
    package static var all: [Code] { Kind.allCases.map { Code($0) } }

    /// A text for people.
    public var description: String { kind.rawValue }
  }

  /// What a piece of context is about. Anyone may add keys of his own.
  public struct ContextKey: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name of the key.
    public let rawValue: String
    /// A key of this name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A key of this name.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The place inside a filter or a metadata object, such as `$and[1].year.$gte`.
    public static let path: ContextKey = "path"
    /// An offset into a text, in bytes of UTF-8 from 0.
    public static let offset: ContextKey = "offset"
    /// A line, from 1.
    public static let line: ContextKey = "line"
    /// A column, in bytes of UTF-8 from 1.
    public static let column: ContextKey = "column"
    /// The table or collection.
    public static let table: ContextKey = "table"
    /// The column of a table.
    public static let tableColumn: ContextKey = "tableColumn"
    /// The row within a call, from 0.
    public static let row: ContextKey = "row"
    /// The batch within a call, from 0.
    public static let batch: ContextKey = "batch"
    /// The id of a document.
    public static let id: ContextKey = "id"
    /// How many rows an import had committed when it failed.
    public static let imported: ContextKey = "imported"
    /// The embedding provider or model.
    public static let provider: ContextKey = "provider"

    /// A text for people.
    public var description: String { rawValue }
  }

  /// The kind of the error.
  public let code: Code
  /// For a person: names what was wrong and what would be right.
  public let message: String
  /// Where it happened.
  public let context: [ContextKey: String]

  /// Makes an error; public so that backends and embedders elsewhere report in the store's terms.
  public init(_ code: Code, _ message: String, context: [ContextKey: String] = [:]) {
    self.code = code
    self.message = message
    self.context = context
  }

  /// The same error with more context; what is there already is kept.
  public func adding(_ more: [ContextKey: String]) -> VectorStoreError {
    VectorStoreError(code, message, context: context.merging(more) { old, _ in old })
  }

  /// Code, message, and the context in the order of its keys.
  public var description: String {
    guard !context.isEmpty else { return "\(code): \(message)" }
    let pairs = context.map { "\($0.key.rawValue): \($0.value)" }.sorted()
    return "\(code): \(message) (\(pairs.joined(separator: ", ")))"
  }
}
