// SPDX-License-Identifier: Apache-2.0

import HNSW

/// What a store returns as the JSON that the command and the HTTP service write.
package enum ResultJSON {
  /// A found document: `{"id","content","metadata","distance","relevance"}`, with `score` where there is one.
  package static func hit(_ hit: SearchHit) -> JSONObject {
    var object: JSONObject = [
      "id": .string(hit.id), "content": .string(hit.document.content), "metadata": .object(hit.document.metadata),
      "distance": hit.distance.map(number) ?? .null,
      "relevance": hit.relevance.map { $0.isFinite ? .double($0) : .null } ?? .null,
    ]
    if let score = hit.score { object["score"] = score.isFinite ? .double(score) : .null }
    return object
  }

  /// A stored document: `{"id","content","metadata"}`, with `embedding` where it was read.
  package static func record(_ record: Record) -> JSONObject {
    var object: JSONObject = [
      "id": .string(record.id), "content": .string(record.content), "metadata": .object(record.metadata),
    ]
    if !record.vector.isEmpty { object["embedding"] = vector(record.vector) }
    return object
  }

  /// A vector.
  package static func vector(_ vector: [Float]) -> JSONValue { .array(vector.map(number)) }

  /// A Float as its shortest decimal, which is shorter than that of the Double of the same value.
  package static func number(_ value: Float) -> JSONValue {
    guard value.isFinite else { return .null }
    return Double(value.description).map { .double($0) } ?? .double(Double(value))
  }

  /// What the vector index is.
  package static func index(_ status: IndexStatus) -> JSONObject {
    let specification = status.specification
    var object: JSONObject = ["state": .string(status.state.rawValue), "type": .string(specification.kind.rawValue)]
    object["m"] = specification.m.map(integer)
    object["ef_construction"] = specification.efConstruction.map(integer)
    object["lists"] = specification.lists.map(integer)
    object["count"] = status.count.map(integer)
    object["bytes"] = status.bytes.map(integer)
    let details = status.details.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue.string($0.value)) }
    if !details.isEmpty { object["details"] = .object(JSONObject(details)) }
    return object
  }

  /// What there is to know about a collection.
  ///
  /// - Parameter embedder: how the embedder's name may be shown; a URL may hold a password.
  package static func statistics(_ statistics: StoreStatistics, embedder: String?) -> JSONObject {
    var object: JSONObject = ["count": integer(statistics.count)]
    if let space = statistics.space {
      object["model"] = .string(space.model)
      object["dimension"] = integer(space.dimension)
      object["metric"] = .string(space.metric.rawValue)
      object["normalized"] = .bool(space.isNormalized)
    }
    object["embedder"] = embedder.map { .string($0) }
    object["bytes"] = statistics.bytes.map(integer)
    object["index"] = .object(index(statistics.index))
    if !statistics.details.isEmpty { object["details"] = .object(statistics.details) }
    return object
  }

  private static func integer(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}
