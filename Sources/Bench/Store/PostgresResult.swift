// SPDX-License-Identifier: Apache-2.0

/// What `vectorstore-bench store --store postgresql://…` measured. Rates are medians of the rounds.
struct PostgresResult: Encodable {
  /// Filling a table without a vector index, then building the index.
  struct Ingest: Encodable {
    /// Documents a second, the faster of the two ways: calls one after another, and as many at once as tasks.
    var perSecond = 0.0
    var callsInTurn = 0.0
    var callsAtOnce = 0.0
    var indexSeconds = 0.0

    enum CodingKeys: String, CodingKey {
      case perSecond = "per_second"
      case callsInTurn = "per_second_calls_in_turn"
      case callsAtOnce = "per_second_calls_at_once"
      case indexSeconds = "index_seconds"
    }
  }

  /// Searches: how many a second, and how long each took.
  struct Searches: Encodable {
    var tasks = 1
    var pool = 0
    var perSecond = 0.0
    var p50 = 0.0
    var p95 = 0.0
    var p99 = 0.0
    /// What a search costs the client's processor; nil where it was not measured.
    var clientProcessor: Double?

    enum CodingKeys: String, CodingKey {
      case tasks, pool
      case perSecond = "qps"
      case p50 = "p50_us"
      case p95 = "p95_us"
      case p99 = "p99_us"
      case clientProcessor = "client_processor_us"
    }
  }

  var engine = "swift-vector-store"
  var documents = 0
  var dimension = 0
  var k = 0
  var efSearch = 0
  /// Nil where the table was filled before.
  var ingest: Ingest?
  var recall = 0.0
  /// One at a time.
  var single = Searches()
  /// Many at once.
  var concurrent = Searches()
  var machine = Machine.current

  enum CodingKeys: String, CodingKey {
    case engine, documents, dimension, k
    case efSearch = "ef"
    case ingest, recall, single, concurrent, machine
  }
}
