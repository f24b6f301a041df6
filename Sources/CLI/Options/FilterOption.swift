// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// Which documents are meant.
struct FilterOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      #"Only documents that match, such as '{"year": {"$gte": 2020}}', or OpenAI's form."#, valueName: "json"))
  var filter: String?

  init() {}

  /// The filter; nil where there is none.
  func value() throws -> Filter? { try filter.map(FilterText.filter(of:)) }
}
