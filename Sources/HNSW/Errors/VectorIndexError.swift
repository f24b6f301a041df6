// SPDX-License-Identifier: Apache-2.0

/// What went wrong in an index, and what would be right.
public struct VectorIndexError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of an error. More may be added, so a `switch` over them needs a `default`.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: String, Sendable {
      case dimensionMismatch, invalidDimension, notFinite, outOfRange, zeroNormQuery, duplicateLabel, invalidArgument
      case metricMismatch, staleAllowList, capacityExceeded, corruptFile, unsupportedFile, io
      case invariantViolated, cancelled
    }

    private let kind: Kind
    private init(_ kind: Kind) { self.kind = kind }

    /// The vector has another number of dimensions than the index.
    public static let dimensionMismatch = Code(.dimensionMismatch)
    /// The number of dimensions is outside 1…16,000 (for bits 1…64,000, for sparse vectors 1…1,000,000,000), or a sparse vector
    /// has more than 16,000 numbers other than zero.
    public static let invalidDimension = Code(.invalidDimension)
    /// The vector holds a NaN or an infinity.
    public static let notFinite = Code(.notFinite)
    /// A number is finite, but beyond what the kind of vectors holds.
    public static let outOfRange = Code(.outOfRange)
    /// The query has norm zero, and cosine has no distance from it.
    public static let zeroNormQuery = Code(.zeroNormQuery)
    /// The label is there already.
    public static let duplicateLabel = Code(.duplicateLabel)
    /// A parameter is out of its range.
    public static let invalidArgument = Code(.invalidArgument)
    /// The metric does not fit the kind of vectors.
    public static let metricMismatch = Code(.metricMismatch)
    /// The allow-list belongs to another index, or to slots that a compaction has renumbered.
    public static let staleAllowList = Code(.staleAllowList)
    /// No more vectors fit into the address space of the index.
    public static let capacityExceeded = Code(.capacityExceeded)
    /// The index file is truncated or damaged. The rows it was made from are the cure: rebuild it.
    public static let corruptFile = Code(.corruptFile)
    /// The file is no index, or one of another version.
    public static let unsupportedFile = Code(.unsupportedFile)
    /// The system refused a file operation.
    public static let io = Code(.io)

    /// The index contradicts itself: a defect of this library, or memory that something else has overwritten.
    public static let invariantViolated = Code(.invariantViolated)
    /// The call was called off.
    package static let cancelled = Code(.cancelled)

    public var description: String { kind.rawValue }
  }

  public let code: Code
  /// For a person: names what was wrong and what would be right.
  public let message: String

  /// Makes an error; public so that other modules and test doubles can report in the engine's terms.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { "\(code): \(message)" }
}
