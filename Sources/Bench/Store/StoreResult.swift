// SPDX-License-Identifier: Apache-2.0

/// What `vectorstore-bench store` measured. Times are medians over the rounds of the median of single calls.
struct StoreResult: Encodable {
  /// A kind of search: the store's time beside the engine's.
  struct Search: Encodable {
    var storeMicroseconds: Double
    var engineMicroseconds: Double
    var ratio: Double

    enum CodingKeys: String, CodingKey {
      case storeMicroseconds = "store_p50_us"
      case engineMicroseconds = "engine_p50_us"
      case ratio
    }
  }

  var documents = 0
  var dimension = 0
  var k = 0
  var efSearch = 0
  var batch = 0
  var rounds = 0
  /// Documents a second, with the vector index and the keyword index built and the store closed.
  var ingestIndexed = 0.0
  /// The same without the two.
  var ingestPlain = 0.0
  var recall = 0.0
  var search: Search?
  var declaredFilter: Search?
  var declaredFilterColdMilliseconds = 0.0
  var undeclaredFilter: Search?
  var undeclaredFilterColdMilliseconds = 0.0
  var keywordMicroseconds = 0.0
  var hybridMicroseconds = 0.0
  /// From opening the store to the first answer, the files in the page cache.
  var firstAnswerMilliseconds = 0.0
  var databaseBytes = 0
  var indexBytes = 0
  var machine = Machine.current

  enum CodingKeys: String, CodingKey {
    case documents, dimension, k
    case efSearch = "ef"
    case batch, rounds
    case ingestIndexed = "ingest_indexed_per_second"
    case ingestPlain = "ingest_plain_per_second"
    case recall, search
    case declaredFilter = "declared_filter"
    case declaredFilterColdMilliseconds = "declared_filter_cold_ms"
    case undeclaredFilter = "undeclared_filter"
    case undeclaredFilterColdMilliseconds = "undeclared_filter_cold_ms"
    case keywordMicroseconds = "keyword_p50_us"
    case hybridMicroseconds = "hybrid_p50_us"
    case firstAnswerMilliseconds = "first_answer_ms"
    case databaseBytes = "database_bytes"
    case indexBytes = "index_bytes"
    case machine
  }
}
