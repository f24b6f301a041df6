// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The folder of a report, and what is written to it.
struct ReportFiles {
  private let folder: URL

  /// Makes the folder where it is missing.
  ///
  /// - Throws: ``BenchError``
  init(folder path: String) throws {
    folder = URL(fileURLWithPath: path)
    try Self.make(folder)
  }

  /// The path of a folder in it, made where it is missing.
  func subfolder(_ name: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Self.make(url)
    return url.path
  }

  /// Writes every form of `results`, plots the curves on standard output, and says where the files are.
  func write(_ results: ResultsFile) throws {
    var names = ["results.json", "results.csv", "table.md", "report.html"]
    try write(ResultEncoder.document(results), to: names[0])
    try write(Data(CSVTable.text(results.datasets).utf8), to: names[1])
    try write(Data(MarkdownReport.text(results.datasets).utf8), to: names[2])
    try write(Data(ReportPage.text(results.datasets).utf8), to: names[3])
    let drawn = results.datasets.filter { !$0.graphs.isEmpty }
    for (number, dataset) in drawn.enumerated() {
      let name = drawn.count == 1 ? "curves.svg" : "curves-\(number + 1)-\(FileName.safe(dataset.name)).svg"
      try write(Data(CurvesImage.text(dataset).utf8), to: name)
      names.append(name)
    }
    let width = TerminalWidth.columns
    let plots = drawn.map { TerminalPlot($0, width: width).text }
    FileHandle.standardOutput.write(Data((plots.joined(separator: "\n") + "\n").utf8))
    Console.note("written to \(folder.relativePath): \(names.joined(separator: ", "))")
  }

  private func write(_ data: Data, to name: String) throws {
    let url = folder.appendingPathComponent(name)
    do {
      try data.write(to: url, options: .atomic)
    } catch {
      throw BenchError("\(url.path): can't be written")
    }
  }

  private static func make(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw BenchError("\(url.path): the folder can't be made")
    }
  }
}
