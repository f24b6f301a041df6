// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Which store, for all commands.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store: sqlite:PATH, a bare path, memory:, or postgresql://…. (environment: VECTORSTORE_STORE)",
      valueName: "url"))
  var store: String?

  @Option(
    help: ArgumentHelp(
      "The collection in the store; on PostgreSQL its table. (environment: VECTORSTORE_TABLE; default: vectors)",
      valueName: "name"))
  var table: String?

  @Option(
    help: ArgumentHelp(
      "The file of settings. (environment: VECTORSTORE_CONFIG; default: ~/.config/vectorstore/config.json)",
      valueName: "file"))
  var config: String?

  @OptionGroup(title: "PostgreSQL") var tableOptions: TableOptions

  @Flag(help: "Never write to the store: a command that would is refused.")
  var readOnly = false

  @Flag(help: "Say more on standard error.")
  var verbose = false

  init() {}

  /// What these flags set.
  var settings: [Setting: String] {
    var values = tableOptions.settings
    values[.store] = store
    values[.table] = table
    return values
  }
}
