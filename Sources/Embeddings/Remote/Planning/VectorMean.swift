// SPDX-License-Identifier: Apache-2.0

/// What stands for texts, from the vectors of their pieces.
struct VectorMean {
  /// Whether vectors are scaled to norm 1.
  let normalizes: Bool

  /// One vector for each text.
  ///
  /// - Parameters:
  ///   - vectors: one for each piece.
  ///   - pieces: in the order of their rows.
  func vectors(_ vectors: [[Float]], of pieces: [TextPiece]) -> [[Float]] {
    var results: [[Float]] = []
    var group: [(vector: [Float], weight: Int)] = []
    var row: Int?
    for (vector, piece) in zip(vectors, pieces) {
      if piece.row != row, !group.isEmpty {
        results.append(mean(group))
        group = []
      }
      row = piece.row
      group.append((vector, piece.weight))
    }
    if !group.isEmpty { results.append(mean(group)) }
    return results
  }

  private func mean(_ group: [(vector: [Float], weight: Int)]) -> [Float] {
    guard group.count > 1, let dimension = group.first?.vector.count else { return scaled(group.first?.vector ?? []) }
    let total = Double(group.reduce(0) { $0 + $1.weight })
    var sums = Array(repeating: 0.0, count: dimension)
    for (vector, weight) in group {
      let share = Double(weight) / total
      for (place, number) in vector.enumerated() where place < dimension { sums[place] += Double(number) * share }
    }
    return scaled(sums.map { Float($0) })
  }

  /// The vector with norm 1, if that is wanted. The vector zero stays.
  private func scaled(_ vector: [Float]) -> [Float] {
    guard normalizes else { return vector }
    let norm = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard norm > 0, abs(norm - 1) > 1e-4 else { return vector }
    return vector.map { Float(Double($0) / norm) }
  }
}
