// SPDX-License-Identifier: Apache-2.0

/// `table.md`: the tables for a README.
package enum MarkdownReport {
  /// For each data set the engines, exact search, and what filters do; last, how far to trust it.
  package static func text(_ datasets: [ComparedDataset]) -> String {
    var parts: [String] = []
    for dataset in datasets {
      parts.append("**\(Self.plain(dataset.name))**: \(dataset.shape.text)\n")
      if !dataset.graphs.isEmpty { parts.append(ReportTables.speed(dataset).markdown) }
      if !dataset.exact.isEmpty { parts.append(ReportTables.exact(dataset).markdown) }
      if !dataset.filters.isEmpty { parts.append(ReportTables.filters(dataset).markdown) }
      parts += dataset.failures.map {
        "Failed: \(Self.plain($0.engine)) (\(Self.plain($0.during))): \(Self.plain($0.message))\n"
      }
    }
    if let sentence = Disturbance.sentence(datasets) { parts.append(sentence + "\n") }
    return parts.joined(separator: "\n")
  }

  private static func plain(_ text: String) -> String {
    text.replacing("<", with: "&lt;").replacing("\n", with: " ").replacing("*", with: "\\*")
  }
}
