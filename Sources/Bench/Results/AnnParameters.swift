// SPDX-License-Identifier: Apache-2.0

/// The build parameters of an index: those that it has.
struct AnnParameters: Encodable {
  var m: Int?
  var efConstruction: Int?
  var seed: UInt64?
  /// The lists of an IVFFlat index.
  var lists: Int?
  /// How many times k rows are fetched and ranked again by their whole vectors, where the index holds less than them.
  var rerank: Int?
  /// pgvector's iterative scans that are measured.
  var iterative: [String]?
  /// The name of an index that was there.
  var index: String?

  private enum CodingKeys: String, CodingKey {
    case m
    case efConstruction = "ef_construction"
    case seed, lists, rerank, iterative, index
  }
}
