// SPDX-License-Identifier: Apache-2.0

/// What an index gave that was tried.
struct TuneTrial: Encodable, Sendable {
  /// How it ended.
  enum Outcome: String, Encodable {
    case reached
    case recallTooLow = "recall too low"
    case tooSlow = "too slow"
  }

  /// What searches of one width gave.
  struct Measured: Encodable, Sendable {
    let recall: Double
    /// The standard error of the recall: how far it may be off by the choice of queries.
    let standardError: Double
    let recallP5: Double
    let p50Microseconds: Double
    let p95Microseconds: Double

    private enum CodingKeys: String, CodingKey {
      case recall
      case standardError = "standard_error"
      case recallP5 = "recall_p5"
      case p50Microseconds = "p50_us"
      case p95Microseconds = "p95_us"
    }
  }

  let design: PgvectorDesign
  /// ef_search, or the probes of IVFFlat: the narrowest that reached the recall, or the last that was tried.
  let width: Int
  let outcome: Outcome
  let buildSeconds: Double
  let indexBytes: Int?
  /// On the queries that choose.
  let measured: Measured
  /// On the others; `nil` where the target was not reached.
  let heldOut: Measured?

  private enum CodingKeys: String, CodingKey {
    case kind, storage, m
    case efConstruction = "ef_construction"
    case lists, ef, outcome
    case buildSeconds = "build_seconds"
    case indexBytes = "index_bytes"
    case measured
    case heldOut = "held_out"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(design.kind.rawValue, forKey: .kind)
    try container.encode(design.storage.rawValue, forKey: .storage)
    let parameters = design.parameters
    try container.encodeIfPresent(parameters.m, forKey: .m)
    try container.encodeIfPresent(parameters.efConstruction, forKey: .efConstruction)
    try container.encodeIfPresent(parameters.lists, forKey: .lists)
    try container.encode(width, forKey: .ef)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(buildSeconds.rounded(digits: 4), forKey: .buildSeconds)
    try container.encodeIfPresent(indexBytes, forKey: .indexBytes)
    try container.encode(measured, forKey: .measured)
    try container.encodeIfPresent(heldOut, forKey: .heldOut)
  }
}
