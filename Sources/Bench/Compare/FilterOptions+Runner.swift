// SPDX-License-Identifier: Apache-2.0

import Foundation

extension FilterOptions {
  /// The same options for a runner's command line.
  var runnerArguments: [String] {
    var arguments: [String] = []
    if let shares = filterSelectivity?.elements {
      arguments += ["--filter-selectivity", shares.map(\.description).joined(separator: ",")]
    }
    arguments += ["--filter-seed", String(filterSeed)]
    if let filterLabels, let filterValues {
      let values = filterValues.elements.map { $0.values.map(String.init).joined(separator: "+") }
      arguments += ["--filter-labels", filterLabels, "--filter-values", values.joined(separator: ",")]
    }
    return arguments
  }

  /// How many filters there are.
  var count: Int {
    (filterSelectivity?.elements.count ?? 0) + (filterValues?.elements.count ?? 0)
  }

  /// The names of the categories by number, from the file beside the labels that is called like it and ends in `.json`;
  /// none where there is no such file.
  func categoryNames() throws -> [String] {
    guard let filterLabels else { return [] }
    let path = URL(fileURLWithPath: filterLabels).deletingPathExtension().appendingPathExtension("json").path
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    do {
      return try JSONDecoder().decode([String].self, from: data)
    } catch {
      throw BenchError(
        "\(path): the names of the categories are an array of strings: \(DecodingProblem.text(of: error))")
    }
  }
}
