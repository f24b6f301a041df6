// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench ann`: recall and speed on vectors.
struct AnnCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ann",
    abstract: "Builds an index over vectors, and measures recall, speed and memory of its searches."
  )

  @OptionGroup var options: AnnOptions

  func run() async throws {
    let workload = try await Workload(data: options.data, query: options.query, filter: options.filter)
    let tasks = try workload.tasks()
    let engine: any BenchEngine =
      switch options.index.index {
      case .hnsw:
        try HNSWEngine(
          workload,
          configuration: options.index.configuration(dimension: workload.base.dimension, metric: workload.metric),
          savePath: options.save)
      case .exact: try ExactEngine(workload)
      }
    try await options.output.deliver(AnnRunner(workload: workload, tasks: tasks, engine: engine))
  }
}
