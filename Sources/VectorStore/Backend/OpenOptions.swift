// SPDX-License-Identifier: Apache-2.0

public import Logging

/// How a collection is opened, and how it is made where it is not there yet.
public struct OpenOptions: Sendable {
  /// What may be done with the store.
  public enum Access: Sendable, Hashable {
    /// Reads only: a store that is not there is an error, and nothing of the store is written. SQLite may leave an empty
    /// log and its index (`-wal`, `-shm`) beside a database that has none.
    case readOnly
    /// Reads and writes; a store that is not there is an error.
    case existing
    /// Reads and writes; a store that is not there is made.
    case createIfMissing
  }

  /// The collection.
  public var table: String
  /// What may be done.
  public var access: Access
  /// The space of the vectors, if it is known. A new collection records it, another than the recorded one is refused.
  public var space: EmbeddingSpace?
  /// How the embedder is named on a command line; recorded with the space, for those who open the store without one.
  public var embedderName: String?
  /// Metadata fields that filters will use often. A backend keeps what makes them fast; fields that are added here to
  /// those of an existing collection are added to it.
  public var declaredFields: [Field]
  /// The vector index that a new collection gets.
  public var index: IndexSpecification
  /// Whether a new collection can be searched by keywords.
  public var keywords: Bool
  /// Whether an acknowledged write outlives a power failure (the default), or a crash of the process only.
  public var survivesPowerFailure: Bool
  /// Threads for building indexes.
  public var threads: Int
  /// Where warnings go.
  public var logger: Logger

  /// Options with these values.
  public init(
    table: String = "vectors", access: Access = .createIfMissing, space: EmbeddingSpace? = nil,
    embedderName: String? = nil, declaredFields: [Field] = [], index: IndexSpecification = IndexSpecification(),
    keywords: Bool = true, survivesPowerFailure: Bool = true, threads: Int = 1,
    logger: Logger = Logger(label: "vectorstore")
  ) {
    self.table = table
    self.access = access
    self.space = space
    self.embedderName = embedderName
    self.declaredFields = declaredFields
    self.index = index
    self.keywords = keywords
    self.survivesPowerFailure = survivesPowerFailure
    self.threads = threads
    self.logger = logger
  }
}
