// SPDX-License-Identifier: Apache-2.0

/// The place of a value within another, as errors name it: `$and[1].year.$gte`.
struct JSONPath: CustomStringConvertible, Sendable {
  enum Step: Sendable {
    case key(String)
    case index(Int)
  }

  private(set) var steps: [Step]

  init(_ steps: [Step] = []) { self.steps = steps }

  func key(_ key: String) -> JSONPath { JSONPath(steps + [.key(key)]) }
  func index(_ index: Int) -> JSONPath { JSONPath(steps + [.index(index)]) }

  /// The outermost value is called `(top level)`.
  var description: String {
    guard !steps.isEmpty else { return "(top level)" }
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
