// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import VectorStoreCore

/// Where vectors come from: a file, a store, or a table of PostgreSQL's. Nothing is written to any of them.
enum VectorSource: Sendable {
  case file(String)
  /// An embedded store, with the name of its collection.
  case store(StoreURL, collection: String)
  case table(PostgresSource)

  /// The source that `--base` names.
  ///
  /// - Throws: `ValidationError` where it names none, or options don't go with it.
  init(_ text: String, options: SourceOptions) throws {
    let url = try StoreURL(text)
    switch url.scheme {
    case "postgresql":
      guard let table = options.table else {
        throw ValidationError("a base in PostgreSQL needs its table: --table [SCHEMA.]NAME")
      }
      self = .table(
        PostgresSource(
          url: url.location, table: try TableReference(table), embeddingColumn: options.embeddingColumn,
          idColumn: options.idColumn))
    case "sqlite" where text.hasPrefix("sqlite:"):
      try options.refuseColumns(of: "an embedded store")
      let (path, fragment) = Self.split(text)
      if let fragment, let table = options.table, fragment != table {
        throw ValidationError("--base names the collection '\(fragment)' and --table '\(table)'")
      }
      self = .store(try StoreURL(path), collection: fragment ?? options.table ?? "vectors")
    case "sqlite":
      try options.refuseColumns(of: "a file")
      guard options.table == nil else { throw ValidationError("--table goes with a base in a store or in PostgreSQL") }
      self = .file(text)
    case let other:
      throw ValidationError("a base is a file, sqlite:PATH[#TABLE] or postgresql://…, not \(other):")
    }
  }

  /// Its rows.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where they aren't vectors of one length, `VectorStoreError` where the
  ///   store or the server refuses.
  func read() async throws -> SourceRows {
    switch self {
    case .file(let path): SourceRows(vectors: try VectorFile.readVectors(path), ids: nil)
    case .store(let url, let collection): try await StoreSource(url: url, collection: collection).read()
    case .table(let source): try await source.read()
    }
  }

  /// The database that it is in; `nil` for a source of another kind.
  var database: String? {
    if case .table(let source) = self { source.url } else { nil }
  }

  /// How results name it: without where it is.
  var name: String {
    switch self {
    case .file(let path):
      URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().lastPathComponent
    case .store(let url, let collection):
      "\(URL(fileURLWithPath: url.location).lastPathComponent)#\(collection)"
    case .table(let source): source.table.display
    }
  }

  /// A path may hold `#` itself: the part after the last one is a collection where there is no such file.
  private static func split(_ text: String) -> (url: String, collection: String?) {
    let path = String(text.dropFirst("sqlite:".count))
    guard !FileManager.default.fileExists(atPath: path), let mark = text.lastIndex(of: "#") else { return (text, nil) }
    return (String(text[..<mark]), String(text[text.index(after: mark)...]))
  }
}
