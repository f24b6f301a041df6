// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Files as the sources of a sync, each read when its turn comes.
struct FileSources: AsyncSequence, Sendable {
  typealias Element = SourceDocuments

  let files: [FileWalk.File]
  let reader: FileReader
  let chunker: Chunker
  /// Hears which file comes next, from 0.
  let willRead: @Sendable (Int) -> Void
  /// Hears why a file cannot be read.
  let didFail: @Sendable (String, String) -> Void

  func makeAsyncIterator() -> Iterator { Iterator(sources: self) }

  struct Iterator: AsyncIteratorProtocol {
    let sources: FileSources
    private var place = 0

    init(sources: FileSources) { self.sources = sources }

    mutating func next() async throws -> SourceDocuments? {
      try Task.checkCancellation()
      sources.willRead(place)
      guard place < sources.files.count else { return nil }
      defer { place += 1 }
      return try sources.read(sources.files[place])
    }
  }

  private func read(_ file: FileWalk.File) throws -> SourceDocuments {
    do {
      let bytes = try file.path.map(FileBytes.read) ?? FileBytes.readStandardInput()
      let parts = try reader.parts(of: bytes, format: file.format)
      return SourceDocuments(source: file.source, documents: chunker.documents(of: parts, source: file.source))
    } catch let error as CancellationError {
      throw error
    } catch {
      let message = ErrorReport(error).message
      didFail(file.path ?? "-", message)
      return SourceDocuments(source: file.source, failure: message)
    }
  }
}
