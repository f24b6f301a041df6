// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How a collection lies in a table of PostgreSQL: for one that is made, or that other programs made. It is remembered, so
/// that later commands need not say it again.
struct TableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The schema of the table. (default: public)", valueName: "name"))
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "The column of the id and its type: text, uuid or bigint. (default: langchain_id:text)",
      valueName: "name[:type]"))
  var idColumn: String?

  @Option(help: ArgumentHelp("The column of the text. (default: content)", valueName: "name"))
  var contentColumn: String?

  @Option(help: ArgumentHelp("The column of the vector. (default: embedding)", valueName: "name"))
  var embeddingColumn: String?

  @Option(
    help: ArgumentHelp(
      "A column for one member of the metadata, such as year:integer; may be repeated.", valueName: "name[:type]"))
  var metadataColumn: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column of the other metadata; '' is none. (default: langchain_metadata)", valueName: "name"))
  var metadataJsonColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of the number of dimensions, beside vectors of any: several models share the table.",
      valueName: "name"))
  var dimensionColumn: String?

  @Option(
    help: ArgumentHelp(
      "The type of the vector of a new table: vector, halfvec, sparsevec or bit. (default: vector)",
      valueName: "type"))
  var vectorType: String?

  @Option(
    help: ArgumentHelp(
      "The text search configuration of keywords, such as english. (default: simple)", valueName: "name"))
  var language: String?

  @Flag(help: "A pgbouncer in transaction pooling stands between: no prepared statements, no settings of the session.")
  var pgbouncer = false

  init() {}

  /// What these flags set.
  var settings: [Setting: String] {
    var values: [Setting: String] = [:]
    values[.schema] = schema
    values[.idColumn] = idColumn
    values[.contentColumn] = contentColumn
    values[.embeddingColumn] = embeddingColumn
    if !metadataColumn.isEmpty { values[.metadataColumns] = metadataColumn.joined(separator: ",") }
    values[.metadataJSONColumn] = metadataJsonColumn
    values[.dimensionColumn] = dimensionColumn
    values[.vectorType] = vectorType
    values[.language] = language
    if pgbouncer { values[.pgbouncer] = "true" }
    return values
  }
}
