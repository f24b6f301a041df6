// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// What a writer does, step by step: a function of its seed, its number and the step's, so that whoever knows how many steps were
/// acknowledged knows what the store must hold.
package struct CrashScript: Sendable {
  /// One call of the store.
  package enum Step {
    case write(WriteBatch)
    case compact
    case rebuildIndex
  }

  package static let dimension = 8
  private static let idCount = 120

  private let seed: UInt64
  private let writer: Int

  package init(seed: UInt64, writer: Int) {
    self.seed = seed
    self.writer = writer
  }

  /// What the ids of the writer begin with; each writer has its own documents.
  package var prefix: String { "w\(writer)-" }

  /// The step of a number, from 0.
  package func step(_ number: Int) -> Step {
    var random = ScriptRandom(seed ^ UInt64(writer) << 40 ^ UInt64(number))
    var batch = WriteBatch()
    switch random.below(24) {
    case 0: return .compact
    case 1: return .rebuildIndex
    case 2, 3, 4: batch.deletedIDs = ids(&random, upTo: 12)
    case 5:
      batch.deletedFilter = Field("writer") == Int64(writer) && Field("group") == Int64(random.below(6))
    case 6, 7, 8, 9:
      batch.metadataChanges = ids(&random, upTo: 20).map { id in
        .init(
          id: id, metadata: ["step": .integer(Int64(number)), "year": .integer(Int64(2000 + random.below(9)))],
          merges: true)
      }
    case 10:
      batch.deletedIDs = ids(&random, upTo: 8)
      batch.upserts = records(&random, number, upTo: 8)
    default: batch.upserts = records(&random, number, upTo: 40)
    }
    return .write(batch)
  }

  private func ids(_ random: inout ScriptRandom, upTo count: Int) -> [String] {
    (0...random.below(count)).map { _ in "\(prefix)\(random.below(Self.idCount))" }
  }

  private func records(_ random: inout ScriptRandom, _ number: Int, upTo count: Int) -> [Record] {
    ids(&random, upTo: count).map { id in
      Record(
        id: id, content: "step \(number) of writer \(writer) 向量 \(random.below(1_000))",
        metadata: [
          "writer": .integer(Int64(writer)), "group": .integer(Int64(random.below(6))), "step": .integer(Int64(number)),
        ], vector: (0..<Self.dimension).map { _ in Float(random.below(2_000)) / 1_000 - 1 })
    }
  }
}

/// SplitMix64.
package struct ScriptRandom {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  /// A number in 0 ..< `bound`.
  package mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z &>> 31)) % UInt64(bound))
  }
}
