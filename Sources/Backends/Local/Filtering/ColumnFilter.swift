// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A filter over columns: 64 slots at a time, by Kleene's logic on two bits for each.
struct ColumnFilter {
  /// True and false; neither is unknown.
  private struct Word {
    var yes: UInt64
    var no: UInt64
  }

  private indirect enum Node {
    case and([Node])
    case or([Node])
    case not(Node)
    /// The numbers of the slots' values, and for each number a bit for true and a bit for false.
    case leaf(numbers: [UInt32], answers: [UInt8])
  }

  private let root: Node

  /// - Parameter columns: the column of each field of the filter.
  init?(_ filter: Filter, columns: [Field: Column]) {
    guard let root = Self.node(filter, columns) else { return nil }
    self.root = root
  }

  private static func node(_ filter: Filter, _ columns: [Field: Column]) -> Node? {
    switch filter {
    case .and(let filters): return all(filters, columns).map { .and($0) }
    case .or(let filters): return all(filters, columns).map { .or($0) }
    case .not(let filter): return node(filter, columns).map { .not($0) }
    default:
      guard let field = filter.leafField, let column = columns[field] else { return nil }
      let answers = column.values.answers(to: filter).map { answer -> UInt8 in
        switch answer {
        case .true: 1
        case .false: 2
        case .unknown: 0
        }
      }
      return .leaf(numbers: column.numbers, answers: answers)
    }
  }

  private static func all(_ filters: [Filter], _ columns: [Field: Column]) -> [Node]? {
    let nodes = filters.compactMap { node($0, columns) }
    return nodes.count == filters.count ? nodes : nil
  }

  /// For which of the slots from `word * 64` on the filter is true; bits beyond `slotCount` are 0.
  func matches(word: Int, slotCount: Int) -> UInt64 {
    Self.evaluate(root, word * 64..<min(word * 64 + 64, slotCount)).yes
  }

  /// Whether the filter is true for a slot.
  func matches(slot: Int) -> Bool { Self.evaluate(root, slot..<slot + 1).yes != 0 }

  private static func evaluate(_ node: Node, _ slots: Range<Int>) -> Word {
    let all: UInt64 = slots.count == 64 ? .max : 1 << UInt64(slots.count) - 1
    switch node {
    case .and(let nodes):
      var word = Word(yes: all, no: 0)
      for node in nodes where word.no != all {
        let part = evaluate(node, slots)
        word = Word(yes: word.yes & part.yes, no: word.no | part.no)
      }
      return word
    case .or(let nodes):
      var word = Word(yes: 0, no: all)
      for node in nodes where word.yes != all {
        let part = evaluate(node, slots)
        word = Word(yes: word.yes | part.yes, no: word.no & part.no)
      }
      return word
    case .not(let node):
      let word = evaluate(node, slots)
      return Word(yes: word.no, no: word.yes)
    case .leaf(let numbers, let answers):
      var word = Word(yes: 0, no: 0)
      for (bit, number) in numbers[slots].enumerated() {
        let answer = UInt64(answers[Int(number)])
        word.yes |= (answer & 1) << UInt64(bit)
        word.no |= (answer >> 1) << UInt64(bit)
      }
      return word
    }
  }
}
