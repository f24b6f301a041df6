// SPDX-License-Identifier: Apache-2.0

/// A reply of the serve protocol (`Benchmarks/README.md`).
enum ServeReply: Encodable {
  /// The index is built; the results so far.
  case ready(AnnResult)
  /// The points of a round.
  case round(Int, [AnnPoint])
  /// The time of a build.
  case build(threads: Int, seconds: Double)
  /// What the saved index needs; nothing for an engine without a file.
  case memory(MemoryResult?)
  /// The request failed.
  case error(String)

  /// The version of the protocol.
  static let protocolVersion = 1

  private enum CodingKeys: String, CodingKey {
    case ready
    case protocolVersion = "protocol"
    case round, points, build, threads
    case buildSeconds = "build_seconds"
    case memory, error
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .ready(let result):
      try container.encode(true, forKey: .ready)
      try container.encode(Self.protocolVersion, forKey: .protocolVersion)
      try result.encode(to: encoder)
    case .round(let number, let points):
      try container.encode(number, forKey: .round)
      try container.encode(points, forKey: .points)
    case .build(let threads, let seconds):
      try container.encode(true, forKey: .build)
      try container.encode(threads, forKey: .threads)
      try container.encode(seconds, forKey: .buildSeconds)
    case .memory(let result):
      try container.encode(true, forKey: .memory)
      try result?.encode(to: encoder)
    case .error(let message):
      try container.encode(message, forKey: .error)
    }
  }
}
