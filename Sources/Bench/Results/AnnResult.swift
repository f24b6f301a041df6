// SPDX-License-Identifier: Apache-2.0

/// The results of one engine on one data set, in the keys that every engine's runner writes.
struct AnnResult: Encodable {
  let engine: String
  let version: String
  let dataset: String
  /// Base rows.
  let n: Int
  let dim: Int
  let queries: Int
  let k: Int
  let metric: String
  let storage: String
  /// `nil` for an engine that has none.
  let params: AnnParameters?
  let threads: Int
  let buildSeconds: Double
  let machine: Machine
  /// The server that was measured; `nil` for an engine in this process.
  let server: ServerDescription?
  var memory: MemoryResult?
  var points: [AnnPoint] = []

  private enum CodingKeys: String, CodingKey {
    case engine, version, dataset, n, dim, queries, k, metric, storage, params, threads
    case buildSeconds = "build_seconds"
    case machine, server, points
  }

  private struct NoParameters: Encodable {}

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(engine, forKey: .engine)
    try container.encode(version, forKey: .version)
    try container.encode(dataset, forKey: .dataset)
    try container.encode(n, forKey: .n)
    try container.encode(dim, forKey: .dim)
    try container.encode(queries, forKey: .queries)
    try container.encode(k, forKey: .k)
    try container.encode(metric, forKey: .metric)
    try container.encode(storage, forKey: .storage)
    if let params {
      try container.encode(params, forKey: .params)
    } else {
      try container.encode(NoParameters(), forKey: .params)
    }
    try container.encode(threads, forKey: .threads)
    try container.encode(buildSeconds, forKey: .buildSeconds)
    try container.encode(machine, forKey: .machine)
    try container.encodeIfPresent(server, forKey: .server)
    try container.encode(points, forKey: .points)
    // The keys of the memory stand beside the others, not below a key of their own.
    try memory?.encode(to: encoder)
  }
}
