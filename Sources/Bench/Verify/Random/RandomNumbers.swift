// SPDX-License-Identifier: Apache-2.0

import VectorStoreTesting

/// Makes pairs of lists of numbers, ordinary and adversarial.
struct RandomNumbers {
  /// Whether numbers have to be within half precision's range.
  let isHalf: Bool

  /// So many numbers, of one kind or of several.
  func list(_ count: Int, _ random: inout SeededGenerator) -> [Float] {
    let kind = random.oneIn(2) ? NumberKind.normal : random.pick(NumberKind.allCases)
    let other = random.oneIn(4) ? random.pick(NumberKind.allCases) : kind
    return (0..<count).map { _ in
      let number = (random.oneIn(2) ? kind : other).number(&random, isHalf: isHalf)
      return isHalf ? min(max(number, -65_504), 65_504) : number
    }
  }

  /// Two lists that have, or have not, to do with each other.
  func pair(_ count: Int, _ random: inout SeededGenerator) -> ([Float], [Float]) {
    let first = list(count, &random)
    switch random.below(12) {
    case 0: return (first, first)
    case 1: return (first, first.map { -$0 })
    case 2: return (first, first.map { random.oneIn(8) && !isHalf ? $0.nudged : $0 })
    case 3: return (first, first.map { $0 / 2 })
    case 4: return (first, Array(repeating: 0, count: count))
    case 5:
      return (
        first.enumerated().map { $0 % 2 == 0 ? $1 : 0 }, list(count, &random).enumerated().map { $0 % 2 == 1 ? $1 : 0 }
      )
    case 6: return (first, first.reversed())
    default: return (first, list(count, &random))
    }
  }

  /// A number of dimensions up to 16,000: mostly few, and those around the widths of vector instructions.
  static func dimension(_ random: inout SeededGenerator) -> Int {
    switch random.below(2_000) {
    case ..<250: 1
    case ..<1_700: 2 + random.below(47)
    case ..<1_960: 49 + random.below(300)
    case ..<1_996: 349 + random.below(1_200)
    case ..<1_999: 1_549 + random.below(4_000)
    default: 16_000 - random.below(3)
    }
  }
}

extension Float {
  /// The next number, where that is finite.
  fileprivate var nudged: Float { nextUp.isFinite ? nextUp : self }
}
