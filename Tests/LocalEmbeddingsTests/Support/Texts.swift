// SPDX-License-Identifier: Apache-2.0

import VectorStoreTesting

/// Texts for small vocabularies.
enum Texts {
  /// Of 0 to 150 letters; some have unknown characters and Chinese ones.
  static func random(_ count: Int, seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed)
    let words = ["the", "vector", "stores", "a", "cab", "中文", "é", "🙂", "zz", ".", ",", "store"]
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...30, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: " ")
    }
  }
}
