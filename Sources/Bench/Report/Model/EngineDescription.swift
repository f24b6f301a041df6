// SPDX-License-Identifier: Apache-2.0

/// What a runner says of its engine and of the data, in the document of a single run and in the protocol's ready line.
package struct EngineDescription: Codable, Sendable {
  /// The engine's own name, such as `swift-hnsw` or `faiss-flat`. What is before the first `-` is its family.
  package var engine: String
  package var version: String
  package var dataset: String
  /// Base rows, values of a vector, queries, neighbours asked for.
  package var n: Int
  package var dim: Int
  package var queries: Int?
  package var k: Int?
  package var metric: String
  package var storage: String
  package var params: [String: ParameterValue]?
  package var threads: Int
  package var buildSeconds: Double
  package var machine: MachineFacts?
  /// For an engine on a server.
  package var server: ServerFacts?

  private enum CodingKeys: String, CodingKey {
    case engine, version, dataset, n, dim, queries, k, metric, storage, params, threads
    case buildSeconds = "build_seconds"
    case machine, server
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func count(_ key: CodingKeys) throws -> Int {
      let value = try container.decode(Int.self, forKey: key)
      guard value >= 1 else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "it is at least 1, not \(value)")
      }
      return value
    }
    engine = try container.decode(String.self, forKey: .engine)
    version = try container.decodeIfPresent(String.self, forKey: .version) ?? "unknown"
    dataset = try container.decode(String.self, forKey: .dataset)
    n = try count(.n)
    dim = try count(.dim)
    queries = try container.decodeIfPresent(Int.self, forKey: .queries)
    k = try container.decodeIfPresent(Int.self, forKey: .k)
    metric = try container.decode(String.self, forKey: .metric)
    storage = try container.decode(String.self, forKey: .storage)
    params = try container.decodeIfPresent([String: ParameterValue].self, forKey: .params)
    threads = try count(.threads)
    buildSeconds = try container.decode(Double.self, forKey: .buildSeconds)
    machine = try container.decodeIfPresent(MachineFacts.self, forKey: .machine)
    server = try container.decodeIfPresent(ServerFacts.self, forKey: .server)
  }

  /// What has to be the same for two engines to be compared.
  var shape: DatasetShape {
    DatasetShape(n: n, dim: dim, metric: metric, queries: queries, k: k)
  }
}
