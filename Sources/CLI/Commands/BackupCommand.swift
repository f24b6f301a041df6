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
    let isThere = FileManager.default.fileExists(atPath: file)
    guard overwrite || !isThere else {
      throw CommandError.failed("\(file) is there already; --overwrite replaces it")
    }
    let session = try StoreSession(store)
    if isThere { try checkReplaceable(store: StoreURL(session.settings.store())) }
    // The old file stays until the new one is whole.
    let target = isThere ? "\(file).\(getpid()).new" : file
    let bar = ProgressBar(unit: "pages")
    try await session.run(.readOnly, .none) { try await $0.backup(to: target, progress: bar.handler) }
    bar.finish()
    if isThere, rename(target, file) != 0 {
      let reason = String(cString: strerror(errno))
      unlink(target)
      throw CommandError.failed("\(file): \(reason)")
    }
    try Report.write(["backup": .string(file)], asJSON: output.json)
  }

  private func checkReplaceable(store: StoreURL) throws {
    guard let (kind, identity) = FolderEntry.kind(of: file) else { return }
    guard kind == .file else { throw CommandError.usage("\(file) is no file; a backup replaces files only") }
    let paths = [file, store.location].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    let besideIt = paths[0].hasPrefix(paths[1]) ? paths[0].dropFirst(paths[1].count) : ""
    let isBesideIt = ["-wal", "-shm", "-lock"].contains(besideIt) || besideIt.hasPrefix("-index-")
    guard !isBesideIt, FolderEntry.kind(of: store.location)?.identity != identity else {
      throw CommandError.usage("\(file) is of the store itself; a backup is another file")
    }
    // SQLite would take the log of the old file for that of the new one.
    var log = stat()
    guard stat(file + "-wal", &log) != 0 || log.st_size == 0 else {
      throw CommandError.failed("\(file) is in use, or was not closed; open it once, or choose another name")
    }
  }
}
