// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import VectorStoreCore

/// `vectorstore backup`: a copy of a store in use.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies a store to a new file while it is in use.",
    discussion: "The copy is a store itself. To move documents to another kind of store, export and import them."
  )

  @Argument(help: ArgumentHelp("The new file.", valueName: "file"))
  var file: String

  @Flag(help: "Replace the file where it is there.")
  var overwrite = false

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    guard overwrite || !FileManager.default.fileExists(atPath: file) else {
      throw CommandError.failed("\(file) is there already; --overwrite replaces it")
    }
    let bar = ProgressBar(unit: "pages")
    try await StoreSession(store).run(.readOnly, .none) { try await $0.backup(to: file, progress: bar.handler) }
    bar.finish()
    try Report.write(["backup": .string(file)], asJSON: output.json)
  }
}
