// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// How far exact answers have come, in a file beside the one that they will be in.
///
/// Little-endian 64-bit words: a magic number, the inputs' identities, the metric, k, the rows looked at, the queries; then
/// for each query the number of its hits, their distances' bits and their rows; at the end FNV-1a of all before it.
struct Checkpoint: Sendable {
  let base: InputIdentity
  let query: InputIdentity
  let metric: Metric
  let k: Int

  /// Writes the answers so far, whole or not at all.
  func save(_ answers: ExactAnswers, to path: String) throws {
    var words = header + [UInt64(answers.rowsDone), UInt64(answers.nearest.count)]
    for hits in answers.nearest {
      words.append(UInt64(hits.count))
      for hit in hits { words += [hit.distance.bitPattern, UInt64(UInt32(bitPattern: hit.row))] }
    }
    words.append(Self.hash(words))
    do {
      try words.map(\.littleEndian).withUnsafeBytes { bytes in
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      }
    } catch {
      throw BenchError("\(path): can't be written")
    }
  }

  /// The answers of an earlier run with the same inputs; `nil` where there are none, or they don't fit.
  func load(_ path: String, queries: Matrix<Float>) -> ExactAnswers? {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), data.count.isMultiple(of: 8) else { return nil }
    var words = data.withUnsafeBytes { bytes in
      (0..<data.count / 8).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)) }
    }
    guard let hash = words.popLast(), hash == Self.hash(words), words.starts(with: header) else { return nil }
    var rest = words.dropFirst(header.count)
    guard let rows = rest.popFirst().flatMap(Int.init(exactly:)), rest.popFirst() == UInt64(queries.count) else {
      return nil
    }
    var nearest: [[ExactAnswers.Hit]] = []
    for _ in 0..<queries.count {
      guard let count = rest.popFirst().flatMap(Int.init(exactly:)), count <= k, rest.count / 2 >= count else {
        return nil
      }
      var hits: [ExactAnswers.Hit] = []
      for _ in 0..<count {
        guard let distance = rest.popFirst(), let row = rest.popFirst() else { return nil }
        hits.append(
          ExactAnswers.Hit(
            distance: Double(bitPattern: distance), row: Int32(bitPattern: UInt32(truncatingIfNeeded: row))))
      }
      nearest.append(hits)
    }
    guard rest.isEmpty else { return nil }
    return ExactAnswers(queries: queries, metric: metric, k: k, nearest: nearest, rowsDone: rows)
  }

  private var header: [UInt64] {
    let metrics = Metric.allCases.firstIndex(of: metric).map(UInt64.init) ?? .max
    return [
      Self.magic, UInt64(base.size), UInt64(bitPattern: base.written), base.ends, UInt64(query.size),
      UInt64(bitPattern: query.written), query.ends, metrics, UInt64(k),
    ]
  }

  /// "VSBGT" and the version.
  private static let magic: UInt64 = 0x5653_4247_5400_0001

  private static func hash(_ words: [UInt64]) -> UInt64 {
    words.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 }
  }
}
