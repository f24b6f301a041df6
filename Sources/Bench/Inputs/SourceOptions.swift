// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What a base in a store or a database needs besides its URL.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The table of a base in PostgreSQL, the collection of one in a store (default there: vectors).",
      valueName: "[schema.]name"))
  var table: String?

  @Option(
    help: ArgumentHelp(
      "PostgreSQL: the column of the vectors. (default: the only one, or 'embedding')", valueName: "column"))
  var embeddingColumn: String?

  @Option(help: ArgumentHelp("PostgreSQL: the column that rows are known by.", valueName: "column"))
  var idColumn: String?

  init() {}

  /// - Throws: `ValidationError` where a column is named, and `what` has none.
  func refuseColumns(of what: String) throws {
    guard embeddingColumn == nil, idColumn == nil else {
      throw ValidationError("--embedding-column and --id-column go with a base in PostgreSQL; this is \(what)")
    }
  }
}
