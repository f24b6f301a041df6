// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore ingest`: files into a store.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Brings a store to what files and folders hold now.",
    discussion: """
      Reads .txt, .md, .html, .jsonl, .csv, .tsv, and .pdf where pdftotext is installed; '-' is standard input. Texts are cut \
      into passages, which keep their source, place and headings as metadata. Files that have not changed are skipped, \
      changed passages are replaced, and texts whose vectors are in the store are not embedded again.

      A source is named by its path as it is given, so run it in the same folder each time, or give absolute paths.

      --cleanup incremental (the default) deletes what is gone from the files that are read; full also deletes what was \
      ingested from any other file; none deletes nothing.

      With --json the answer is {"added","updated","skipped","deleted","failed"}: passages, and for failed, files. \
      Files that cannot be read are named on standard error, the run goes on, and the exit code is 3.
      """
  )

  @Argument(help: ArgumentHelp("Files and folders, or '-' for standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "New stores and writing") var writing: WritingOptions
  @OptionGroup(title: "Embedding") var embedding: EmbedderOptions
  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Passages") var chunks: ChunkOptions

  @Option(help: ArgumentHelp("What to delete.", valueName: "none|incremental|full"))
  var cleanup: CleanupArgument = .incremental

  @Flag(help: "Say what would be done, and write nothing.")
  var dryRun = false

  @OptionGroup var output: OutputOption

  func run() async throws {
    let session = try StoreSession(store, writing.settings, embedding.settings, chunks.settings)
    _ = try chunks.chunker(session.settings, for: nil)
    let walk = files.walk(paths)
    let run = IngestRun(walk, cleanup: cleanup.cleanup, isDry: dryRun)
    let reader = FileReader(options: files.readingOptions)
    let work = { (store: VectorStore) in
      let chunker = try chunks.chunker(session.settings, for: store.embedder)
      return try await run.run(store, reader: reader, chunker: chunker)
    }
    let report =
      dryRun
      ? try await session.runDry(work)
      : try await session.run(.createIfMissing, .required(for: "ingest"), work)
    try write(report, fileCount: walk.files.count)
    if report.failed > 0 { throw CommandError.silent(.someInputsFailed) }
  }

  private func write(_ report: SyncReport, fileCount: Int) throws {
    guard !output.json else {
      return try OutputFile.standard.json([
        "added": .integer(Int64(report.added)), "updated": .integer(Int64(report.updated)),
        "skipped": .integer(Int64(report.skipped)), "deleted": .integer(Int64(report.deleted)),
        "failed": .integer(Int64(report.failed)),
      ])
    }
    let passages =
      "\(report.added) added, \(report.updated) updated, \(report.skipped) unchanged, \(report.deleted) deleted"
    let failed = report.failed > 0 ? "; \(report.failed) could not be read" : ""
    try OutputFile.standard.line("\(dryRun ? "would be: " : "")\(fileCount) files, passages: \(passages)\(failed)")
  }
}
