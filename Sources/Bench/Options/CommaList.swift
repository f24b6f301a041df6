// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Values joined by commas, at least one.
struct CommaList<Element: ExpressibleByArgument & Sendable>: ExpressibleByArgument, Sendable {
  /// The values.
  let elements: [Element]

  /// A list of these values.
  init(_ elements: [Element]) {
    self.elements = elements
  }

  init?(argument: String) {
    var elements: [Element] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let element = Element(argument: String(part)) else { return nil }
      elements.append(element)
    }
    self.elements = elements
  }

  var defaultValueDescription: String {
    elements.map(\.defaultValueDescription).joined(separator: ",")
  }
}
