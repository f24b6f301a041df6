// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How a store is made and written, for the commands that write.
struct WritingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Metadata fields that filters will use often: these become fast. A dot leads into an object.",
      valueName: "a,b.c"))
  var fields: String?

  @Flag(help: "Make a new store without the index for keywords: smaller, and no --hybrid.")
  var noKeywords = false

  @Option(
    help: ArgumentHelp(
      "What an acknowledged write outlives: 'full' a power failure, 'process' the process only, which is faster. (default: full)",
      valueName: "full|process"))
  var durability: String?

  @Option(
    help: ArgumentHelp(
      "The share of dead places, left by updates and deletions, from which on the embedded store compacts its index in the background, 0.05 to 0.95; or off. (default: 0.25)",
      valueName: "share|off"))
  var autoCompact: String?

  @Option(help: ArgumentHelp("Threads that build the index. (default: one a core)", valueName: "n"))
  var threads: String?

  init() {}

  /// What these flags set.
  var settings: [Setting: String] {
    var values: [Setting: String] = [:]
    values[.fields] = fields
    values[.durability] = durability
    values[.autoCompact] = autoCompact
    values[.threads] = threads
    if noKeywords { values[.keywords] = "false" }
    return values
  }
}
