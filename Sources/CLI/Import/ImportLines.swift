// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import VectorStoreCore

/// One import: reads lines, shows how far it is, and says how far it came where it had to stop.
struct ImportLines {
  /// How far it is.
  private final class Progress: Sendable {
    private struct State {
      var lines = 0
      var bytes = 0
      var committed = 0
    }

    private let state = Mutex(State())
    private let size: Int?
    private let bar = ProgressBar(unit: "kB")

    init(size: Int?) { self.size = size }

    var lines: Int { state.withLock { $0.lines } }
    var committed: Int { state.withLock { $0.committed } }

    func read(line: Int, bytes: Int) {
      state.withLock { ($0.lines, $0.bytes) = (line, bytes) }
    }

    func handle(_ progress: StoreProgress) {
      let (bytes, committed) = state.withLock { state in
        if progress.phase == .writing { state.committed = progress.done }
        return (state.bytes, state.committed)
      }
      bar.show("importing", done: bytes / 1_000, total: size.map { $0 / 1_000 }, note: "\(committed) documents")
    }

    func finish() { bar.finish() }
  }

  private let path: String
  private let name: String
  /// The size of the file, for telling how far it is; nil for what has none.
  private let size: Int?

  /// The import of a file, or of standard input for `-`.
  init(path: String) throws {
    self.path = path
    var status = stat()
    guard path != "-" else {
      (name, size) = ("standard input", nil)
      return
    }
    name = path
    guard access(path, R_OK) == 0, stat(path, &status) == 0 else {
      throw CommandError.failed("\(path): \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw CommandError.failed("\(path): it is a folder") }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Runs it.
  ///
  /// - Throws: what went wrong, with the line, and how many documents are in the store.
  func run(_ store: VectorStore, batchSize: Int) async throws -> ImportReport {
    let progress = Progress(size: size)
    defer { progress.finish() }
    func said(_ message: String) -> String {
      "\(message)\n\(progress.committed) of its documents are in the store; the same command may be run again"
    }
    do {
      let lines = TextLines(path: path) { progress.read(line: $0, bytes: $1) }
      return try await store.importLines(lines, batchSize: batchSize) { progress.handle($0) }
    } catch is CancellationError {
      progress.finish()
      throw CommandError(exit: .interrupted, description: said("\(name): interrupted after line \(progress.lines)"))
    } catch let error as VectorStoreError where error.code == .embedderMissing {
      throw CommandError.usage(said("\(EmbedderRegistry.missing(for: "a line without \"embedding\""))"))
    } catch {
      let report = ErrorReport(error)
      throw CommandError(exit: .failed, description: said("\(name): \(report.message)"))
    }
  }
}
