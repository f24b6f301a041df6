// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// What the cases put into stores and ask of them.
enum Sample {
  /// As in LangChain's standard tests.
  static let dimension = 6

  static func space(_ metric: Metric = .cosine) -> EmbeddingSpace {
    EmbeddingSpace(model: "conformance", dimension: dimension, metric: metric)
  }

  /// A vector in the direction of one axis, turned a little towards the next.
  static func axis(_ number: Int, turned: Float = 0) -> [Float] {
    var vector = [Float](repeating: 0, count: dimension)
    vector[number % dimension] = 1
    vector[(number + 1) % dimension] += turned
    return vector
  }

  static let zero = [Float](repeating: 0, count: dimension)

  /// A record whose vector comes from its id.
  static func record(
    _ id: String, _ content: String = "text", _ metadata: JSONObject = [:], vector: [Float]? = nil
  ) -> Record {
    Record(
      id: id, content: content, metadata: metadata,
      vector: vector ?? DeterministicEmbedder(dimension: dimension).vector(of: id))
  }

  static func upserts(_ records: [Record]) -> WriteBatch {
    var batch = WriteBatch()
    batch.upserts = records
    return batch
  }

  static func nearest(
    _ vector: [Float], _ count: Int, filter: Filter? = nil, isExact: Bool = false, limit: Float? = nil,
    includesVectors: Bool = false
  ) -> CandidateRequest {
    CandidateRequest(
      nearest: .init(vector: vector, count: count, distanceLimit: limit, isExact: isExact), filter: filter,
      includesVectors: includesVectors)
  }

  static func keywords(_ text: String, _ count: Int = 100, filter: Filter? = nil) -> CandidateRequest {
    CandidateRequest(keywords: .init(text: text, count: count), filter: filter)
  }
}

extension VectorStoreBackend {
  @discardableResult
  func add(_ records: [Record]) async throws -> WriteResult {
    try await write(Sample.upserts(records), progress: nil)
  }

  @discardableResult
  func delete(_ ids: [String]) async throws -> WriteResult {
    var batch = WriteBatch()
    batch.deletedIDs = ids
    return try await write(batch, progress: nil)
  }

  /// All records, in pages of some size.
  func all(filter: Filter? = nil, pageSize: Int = 7) async throws -> [Record] {
    var records: [Record] = []
    var cursor: String?
    repeat {
      let page = try await scroll(filter: filter, after: cursor, limit: pageSize, includingVectors: true)
      try expect(page.records.count <= pageSize, "a page of \(page.records.count) records for a limit of \(pageSize)")
      records += page.records
      cursor = page.cursor
    } while cursor != nil
    return records
  }
}
