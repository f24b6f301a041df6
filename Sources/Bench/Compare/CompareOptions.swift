// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// All options of `vectorstore-bench compare`.
struct CompareOptions: ParsableArguments {
  @OptionGroup(title: "Data")
  var data: DataOptions

  @OptionGroup(title: "Engines")
  var engines: ComparedEnginesOptions

  @OptionGroup(title: "Filters")
  var filter: FilterOptions

  @OptionGroup(title: "Search")
  var search: ComparedSearchOptions

  @Option(help: ArgumentHelp("The folder for the results.", valueName: "dir"))
  var out: String

  init() {}

  /// The options that every runner gets beside those that choose its engine.
  ///
  /// - Parameter filters: `false` for an engine that has no filtered search.
  func runnerArguments(filters: Bool) -> [String] {
    var arguments = data.runnerArguments + search.runnerArguments
    if filters { arguments += filter.runnerArguments }
    return arguments + ["--serve"]
  }
}
