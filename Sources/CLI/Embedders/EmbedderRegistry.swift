// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalEmbeddings
import VectorStoreCore

/// The embedders that `--embedder` can name.
enum EmbedderRegistry {
  /// All kinds, in the order in which people are told of them.
  static let kinds: [EmbedderKind] =
    [
      EmbedderKind(
        prefixes: ["local:"], usage: "local:DIR",
        summary: "a sentence-transformers or static model in a folder, offline",
        make: { _, folder, _ in try LocalEmbedder(folder: folder) })
    ] + RemoteKinds.all + [
      EmbedderKind(
        prefixes: ["hashing:"], usage: "hashing:DIM",
        summary: "lexical: shared words only, no meaning; for tests and offline",
        make: { name, rest, _ in
          guard let dimension = Int(rest) else {
            throw CommandError.usage("'\(name)' is no embedder: hashing:DIM takes a number, such as hashing:512")
          }
          return try HashingEmbedder(dimension: dimension)
        })
    ]

  /// The kinds, a line each.
  static var choices: String {
    let width = kinds.map(\.usage.count).max() ?? 0
    return kinds.map { kind in
      "  " + kind.usage + String(repeating: " ", count: width - kind.usage.count + 2) + kind.summary
    }.joined(separator: "\n")
  }

  /// The embedder of a name.
  ///
  /// - Throws: ``CommandError`` that lists the choices for a name of no kind.
  static func embedder(named name: String, origin: EmbedderOrigin = .named) async throws -> any Embedder {
    for kind in kinds {
      for prefix in kind.prefixes where name.hasPrefix(prefix) {
        return try await kind.make(name, String(name.dropFirst(prefix.count)), origin)
      }
    }
    throw CommandError.usage("'\(Secrets.withoutUser(name))' is no embedder; there are\n\(choices)")
  }

  /// How a store remembers an embedder: a folder by its whole path, so that the store works from every folder; a server
  /// without name, password and query, which may be secrets.
  static func recordedName(_ name: String) -> String {
    if name.hasPrefix("http://") || name.hasPrefix("https://") { return Secrets.withoutUser(name) }
    let prefix = "local:"
    guard name.hasPrefix(prefix), name.utf8.count > prefix.utf8.count else { return name }
    return prefix + URL(fileURLWithPath: String(name.dropFirst(prefix.count))).standardizedFileURL.path
  }

  /// What to say where one is needed and none is known.
  static func missing(for task: String) -> CommandError {
    .usage(
      "\(task) needs an embedder; give --embedder or set \(Setting.embedder.variable):\n\(choices)")
  }
}
