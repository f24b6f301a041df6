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
  /// The share of dead slots from which on the embedded store compacts its vector index by itself; nil for never.
  ///
  /// An update of a vector is a new slot of the index and the death of the old one, and only a compaction gives dead slots
  /// back. From this share on (and 1,000 dead slots) one is made beside reads and writes, on a thread that gives way to
  /// others; it holds a second index in memory for its time. At 0.25 the index is at most a third larger than its
  /// vectors need, and an update costs the linking of three more vectors. The first who opens a collection in a process
  /// decides. PostgreSQL has its own vacuum, and passes over it.
  public var compactionThreshold: Double?
  /// What ``compactionThreshold`` may be.
  public static let compactionThresholds = 0.05...0.95
  /// Threads for building indexes.
  public var threads: Int
  /// Where warnings go.
  public var logger: Logger

  /// Options with these values.
  public init(
    table: String = "vectors", access: Access = .createIfMissing, space: EmbeddingSpace? = nil,
    embedderName: String? = nil, declaredFields: [Field] = [], index: IndexSpecification = IndexSpecification(),
    keywords: Bool = true, survivesPowerFailure: Bool = true, compactionThreshold: Double? = 0.25, threads: Int = 1,
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
    self.compactionThreshold = compactionThreshold
    self.threads = threads
    self.logger = logger
  }
}
