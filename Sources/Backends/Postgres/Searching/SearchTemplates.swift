// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The templates of the searches that were done lately. They are of one state of the collection, and go with it.
final class SearchTemplates: Sendable {
  typealias Shape = SearchTemplate.Shape

  private struct Kept {
    var version: UInt64 = 0
    var templates: [Shape: SearchTemplate] = [:]
  }

  /// A program asks for few k; one that asks for more pays for new statements all the same.
  private static let limit = 64

  private let kept = Mutex(Kept())

  /// The template of a shape that was made in this version of the collection's state.
  func template(_ shape: Shape, version: UInt64) -> SearchTemplate? {
    kept.withLock { $0.version == version ? $0.templates[shape] : nil }
  }

  /// Keeps a template, unless a newer version's are there.
  func insert(_ template: SearchTemplate, _ shape: Shape, version: UInt64) {
    kept.withLock { kept in
      guard version >= kept.version else { return }
      if version > kept.version || kept.templates.count >= Self.limit { kept.templates = [:] }
      kept.version = version
      kept.templates[shape] = template
    }
  }
}
