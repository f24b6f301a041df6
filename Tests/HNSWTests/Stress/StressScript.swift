// SPDX-License-Identifier: Apache-2.0

import HNSW

/// What a writer will do, written down before: any thread can tell what an index holds at any change number.
struct StressScript: Sendable {
  enum Step: Sendable {
    /// Adds or replaces the vectors of the labels.
    case upsert([UInt64])
    case remove([UInt64])
    case compact(threads: Int)
    case save
  }

  static let dimension = 8

  private(set) var steps: [Step] = []
  /// For each label the changes that gave it a vector or took it away, in order.
  private var history: [[(change: UInt64, isAlive: Bool)]]
  /// How many labels there are after each change.
  private(set) var counts: [Int] = [0]

  let labelCount: Int

  init(changes: Int, labelCount: Int, seed: UInt64) {
    self.labelCount = labelCount
    history = Array(repeating: [], count: labelCount)
    var generator = SeededGenerator(seed)
    var alive: Set<UInt64> = []
    while counts.count <= changes {
      let change = UInt64(counts.count)
      if generator.oneIn(60) { steps.append(.compact(threads: 1 + generator.below(2))) }
      if generator.oneIn(120) { steps.append(.save) }
      let size = generator.oneIn(8) ? 1 + generator.below(40) : 1 + generator.below(3)
      let labels = Array(Set((0..<size).map { _ in UInt64(generator.below(labelCount)) })).sorted()
      // More comes than goes, until half of the labels are there.
      if generator.below(labelCount) * 10 < alive.count * 10, generator.oneIn(2) || alive.count > labelCount / 2 {
        let gone = labels.filter(alive.contains)
        guard !gone.isEmpty else { continue }
        steps.append(.remove(labels))
        for label in gone { history[Int(label)].append((change, false)) }
        alive.subtract(gone)
      } else {
        steps.append(.upsert(labels))
        for label in labels { history[Int(label)].append((change, true)) }
        alive.formUnion(labels)
      }
      counts.append(alive.count)
    }
  }

  /// The vector that a change gave a label.
  static func vector(_ label: UInt64, change: UInt64) -> [Float] {
    var generator = SeededGenerator(label &* 0x1_0000_0001 ^ change << 40)
    return (0..<dimension).map { _ in Float(generator.uniform()) - 0.5 }
  }

  /// The vector that a label has at a change; nil where it has none.
  func vector(_ label: UInt64, at change: UInt64) -> [Float]? {
    guard let last = history[Int(label)].last(where: { $0.change <= change }), last.isAlive else { return nil }
    return Self.vector(label, change: last.change)
  }

  /// What is wrong with the answer to a query at a change; nil where it is right.
  ///
  /// - Parameter count: how many results there must be.
  func fault(
    in results: [Neighbor], to query: [Float], at change: UInt64, count: Int, allowed: (UInt64) -> Bool = { _ in true }
  ) -> String? {
    guard results.count == count else { return "\(results.count) results in place of \(count) at change \(change)" }
    guard results == results.sorted() else { return "results out of order" }
    guard Set(results.map(\.label)).count == results.count else { return "a label twice at change \(change)" }
    for result in results {
      guard allowed(result.label) else { return "label \(result.label) is not allowed" }
      guard let vector = vector(result.label, at: change) else {
        return "label \(result.label) is not there at change \(change)"
      }
      let distance = zip(query, vector).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      guard (distance - result.distance).magnitude < 1e-4 else {
        return "label \(result.label) has a vector that is not the one of change \(change)"
      }
    }
    return nil
  }
}
