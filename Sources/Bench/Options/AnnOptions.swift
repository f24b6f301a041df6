// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// All options of `vectorstore-bench ann`.
struct AnnOptions: ParsableArguments {
  @OptionGroup(title: "Data")
  var data: DataOptions

  @OptionGroup(title: "Index")
  var index: IndexOptions

  @OptionGroup(title: "Search")
  var query: QueryOptions

  @OptionGroup(title: "Filters")
  var filter: FilterOptions

  @OptionGroup(title: "Output")
  var output: OutputOptions

  @Option(help: ArgumentHelp("Keep the index file there.", valueName: "file"))
  var save: String?

  init() {}

  func validate() throws {
    if index.index == .exact {
      guard index.storage == .float32 else { throw ValidationError("the exact index has --storage float32 only") }
      guard save == nil else { throw ValidationError("the exact index has no file for --save") }
    }
  }
}
