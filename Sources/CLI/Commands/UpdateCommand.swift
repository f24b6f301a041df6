// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore update`: a document's metadata.
struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Changes a document's metadata; its text and vector stay as they are.",
    discussion:
      "Members that are not named are kept, and a null removes its member; --replace puts the object in the place of all."
  )

  @Argument(help: "The id.")
  var id: String

  @Option(help: ArgumentHelp("The members to set.", valueName: "json"))
  var metadata: String

  @Flag(help: "Replace the metadata as a whole.")
  var replace = false

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let members = try self.members()
    try await StoreSession(store, writing.settings).run(.existing, .none) { store in
      try await store.updateMetadata(id: id, members, merges: !replace)
    }
    try Report.write(["updated": 1], asJSON: output.json)
  }

  private func members() throws -> JSONObject {
    do {
      let json = try JSONValue(parsing: metadata, options: .init(duplicateKeys: .reject))
      guard let object = json.objectValue else {
        throw CommandError.usage("--metadata must be an object, not \(json.kindDescription)")
      }
      return object
    } catch let error as VectorStoreError {
      throw CommandError.usage("--metadata is no JSON: \(error.message)")
    }
  }
}
