// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The values of a field, each with a number: 0 for a missing one, then in the order in which they were first seen. Values are
/// added and never removed, so that numbers stay good.
final class ValueDictionary: Sendable {
  let field: Field
  private let state: Lock<State>

  private struct State {
    var values: [JSONValue?] = [nil]
    var numbers: [JSONValue: UInt32] = [:]
    /// For each condition that was asked for, what it is for each value.
    var answers: [Filter: [TruthValue]] = [:]
  }

  /// Answers of more conditions than this are not kept.
  private static let keptConditions = 64

  init(field: Field) {
    self.field = field
    state = Lock(State())
  }

  /// The numbers of values.
  func numbers(of values: [JSONValue?]) -> [UInt32] {
    state.withLock { state in
      values.map { value in
        guard let value else { return 0 }
        if let number = state.numbers[value] { return number }
        let number = UInt32(state.values.count)
        state.values.append(value)
        state.numbers[value] = number
        return number
      }
    }
  }

  /// The number of values seen, the missing one included.
  var count: Int { state.withLock { $0.values.count } }

  /// The value of a number.
  func value(_ number: UInt32) -> JSONValue? {
    state.withLock { Int(number) < $0.values.count ? $0.values[Int(number)] : nil }
  }

  /// What a condition on this field is for each value, by number. The condition's own definition says so, once a value.
  func answers(to condition: Filter) -> [TruthValue] {
    state.withLock { state in
      var answers = state.answers[condition] ?? []
      if answers.count < state.values.count {
        for value in state.values[answers.count...] {
          answers.append(condition.evaluate(field.document(with: value)))
        }
        if state.answers.count >= Self.keptConditions { state.answers.removeAll() }
        state.answers[condition] = answers
      }
      return answers
    }
  }
}
