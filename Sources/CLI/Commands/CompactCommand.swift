// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore compact`: gives back space.
struct CompactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact", abstract: "Gives back the space of what was deleted and replaced.")

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let bar = ProgressBar(unit: "documents")
    let report = try await StoreSession(store, writing.settings).run(.existing, .none) {
      try await $0.compact(progress: bar.handler)
    }
    bar.finish()
    try Report.write(
      [
        "bytes_before": .integer(Int64(report.bytesBefore)), "bytes_after": .integer(Int64(report.bytesAfter)),
      ], asJSON: output.json)
  }
}
