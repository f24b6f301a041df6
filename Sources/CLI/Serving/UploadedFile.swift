// SPDX-License-Identifier: Apache-2.0

import Dispatch
import VectorStoreCore

/// A file that was sent to the service. It is read as `ingest` reads one of its name.
struct UploadedFile: Sendable {
  let name: String
  let bytes: [UInt8]
  /// How long a program may take that reads it.
  let timeLimit: Duration

  /// Puts the file's passages in the place of those of an earlier file of its name.
  func ingest(into store: VectorStore, chunker: Chunker) async throws -> SyncReport {
    try await store.sync([try await source(chunker)])
  }

  /// Reading may take long, and runs a program for PDF files: not on the threads that answer requests.
  private func source(_ chunker: Chunker) async throws -> SourceDocuments {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let source = SourceName.normalized(name)
        do {
          var options = ReadingOptions()
          options.timeLimit = timeLimit
          let parts = try FileReader(options: options).parts(of: bytes, format: FileFormat(path: name))
          continuation.resume(
            returning: SourceDocuments(source: source, documents: chunker.documents(of: parts, source: source)))
        } catch {
          continuation.resume(returning: SourceDocuments(source: source, failure: ErrorReport(error).message))
        }
      }
    }
  }
}
