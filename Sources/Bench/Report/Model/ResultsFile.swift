// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `results.json`: data sets with their engines, of one comparison or of several.
package struct ResultsFile: Codable, Sendable {
  /// The version of this form.
  package static let format = 1

  package var format = Self.format
  package var datasets: [ComparedDataset]

  package init(datasets: [ComparedDataset]) {
    self.datasets = datasets
  }

  /// Reads results of `compare`, or documents of single runs, and puts them together.
  ///
  /// A document of a single run stands beside the engines of the first data set of its name and shape; comparisons of the
  /// same data stay apart, since they were not measured in turns.
  ///
  /// - Throws: ``BenchError`` that names the file and what is wrong in it.
  package init(reading paths: [String]) throws {
    datasets = []
    for path in paths {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw BenchError("\(path): there is no such file, or it can't be read")
      }
      do {
        try add(data, called: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent)
      } catch {
        throw BenchError("\(path): \(DecodingProblem.text(of: error))")
      }
    }
  }

  private struct Kind: Decodable {
    let format: Int?
    let engine: String?
  }

  private mutating func add(_ data: Data, called name: String) throws {
    let decoder = JSONDecoder()
    let kind = try decoder.decode(Kind.self, from: data)
    if let format = kind.format {
      guard format == Self.format else {
        throw BenchError("its format is \(format), and this command reads \(Self.format)")
      }
      datasets += try decoder.decode(ResultsFile.self, from: data).datasets
    } else if kind.engine != nil {
      add(try decoder.decode(SingleRun.self, from: data), called: name)
    } else {
      throw BenchError(
        "neither results of `compare` nor the document of an engine: it has no \"format\" and no \"engine\"")
    }
  }

  private mutating func add(_ run: SingleRun, called name: String) {
    let place = datasets.firstIndex { $0.name == run.description.dataset && $0.shape == run.description.shape }
    var dataset = place.map { datasets[$0] } ?? ComparedDataset(run.description)
    var id = name
    var number = 2
    while dataset.engines.contains(where: { $0.id == id || $0.id.hasPrefix(id + ", ") }) {
      id = "\(name) (\(number))"
      number += 1
    }
    dataset.engines += run.records(id: id)
    if let place { datasets[place] = dataset } else { datasets.append(dataset) }
  }
}
