// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The filters that are measured beside the search among all rows.
struct FilterOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Filters that allow random rows: their shares, above 0 and at most 1.", valueName: "p,…"))
  var filterSelectivity: CommaList<Double>?

  @Option(help: ArgumentHelp("The seed of the random filters.", valueName: "n"))
  var filterSeed: UInt64 = 42

  @Option(help: ArgumentHelp("Text, one 32-bit whole number a line for each base row.", valueName: "file"))
  var filterLabels: String?

  @Option(help: ArgumentHelp("A filter for each of these labels; + joins several to one.", valueName: "3,17,1+2"))
  var filterValues: CommaList<LabelUnion>?

  init() {}

  /// Whether none is asked for.
  var isEmpty: Bool { filterSelectivity == nil && filterLabels == nil }

  func validate() throws {
    if let wrong = filterSelectivity?.elements.first(where: { !($0 > 0 && $0 <= 1) }) {
      throw ValidationError("--filter-selectivity holds \(wrong), and a share is above 0 and at most 1")
    }
    guard (filterLabels == nil) == (filterValues == nil) else {
      throw ValidationError("--filter-labels and --filter-values need each other")
    }
  }

  /// The label of each of `count` base rows; `nil` where there are none.
  ///
  /// - Throws: ``VectorFileError`` where the labels can't be read.
  func labels(count: Int) throws -> [Int32]? {
    try filterLabels.map { try LabelsFile.read($0, count: count) }
  }

  /// The filters over `count` base rows, in the order of the options.
  ///
  /// - Throws: ``VectorFileError`` where the labels can't be read.
  func filters(count: Int) throws -> [RowFilter] {
    var filters = (filterSelectivity?.elements ?? []).map {
      RowFilter.random(selectivity: $0, count: count, seed: filterSeed)
    }
    if let filterValues, let labels = try labels(count: count) {
      filters += filterValues.elements.map { RowFilter.labels(labels, values: $0.values) }
    }
    return filters
  }
}
