// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the demonstration searches: vectors, queries, and the texts they came from where there are any.
struct DemoVectors {
  /// Where they are from, said to a person.
  let origin: String
  let base: Matrix<Float>
  let queries: Matrix<Float>
  /// A text for each base row, and one for each query; empty where there are none.
  var baseTexts: [String] = []
  var queryTexts: [String] = []

  /// Reads `base.fvecs` and `query.fvecs` of a folder, and the texts from `base.jsonl` and `query.jsonl` where they are.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where the vectors aren't there or don't fit each other.
  init(folder: String) throws {
    let url = URL(fileURLWithPath: folder)
    origin = "from \(url.lastPathComponent)"
    base = try VectorFile.readVectors(url.appendingPathComponent("base.fvecs").path)
    queries = try VectorFile.readVectors(url.appendingPathComponent("query.fvecs").path)
    guard base.dimension == queries.dimension else {
      throw BenchError("\(folder): base.fvecs has dimension \(base.dimension), query.fvecs \(queries.dimension)")
    }
    baseTexts = Self.texts(url.appendingPathComponent("base.jsonl"), count: base.count)
    queryTexts = Self.texts(url.appendingPathComponent("query.jsonl"), count: queries.count)
  }

  /// Generates clustered vectors. Like embeddings they vary in fewer directions than they have dimensions.
  init(count: Int, dimension: Int, queryCount: Int, seed: UInt64) {
    var clusters = ClusteredVectors(dimension: dimension, clusters: max(1, count / 200), seed: seed)
    origin = "generated from seed \(seed)"
    base = clusters.next(count)
    queries = clusters.next(queryCount)
  }

  /// The "content" of each line; none where the file isn't there or has another number of lines.
  private static func texts(_ file: URL, count: Int) -> [String] {
    struct Line: Decodable {
      let content: String
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    let decoder = JSONDecoder()
    let texts = text.split(separator: "\n").compactMap { try? decoder.decode(Line.self, from: Data($0.utf8)).content }
    return texts.count == count ? texts : []
  }
}
