// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The serve protocol: a request a line on standard input, a reply a line on standard output, until `{"exit":true}` or
/// the end of the input.
struct ServeLoop {
  private let runner: AnnRunner

  /// A loop that answers with what `runner` measures.
  init(_ runner: AnnRunner) {
    self.runner = runner
  }

  /// Says that the index is ready, and answers requests. A request that fails is answered by its error.
  func run() async throws {
    try reply(.ready(runner.description))
    for await line in StandardInput.lines() {
      if line.allSatisfy(\.isWhitespace) { continue }
      do {
        let request = try JSONDecoder().decode(ServeRequest.self, from: Data(line.utf8))
        if request.exit == true { return }
        try reply(try await answer(request))
      } catch let error as CancellationError {
        throw error
      } catch {
        try reply(.error(String(describing: error)))
      }
    }
  }

  private func answer(_ request: ServeRequest) async throws -> ServeReply {
    if let round = request.round {
      return .round(round, try await runner.points(filters: request.filters ?? true))
    }
    if request.build == true {
      let threads = request.threads ?? runner.threads
      guard 1...1024 ~= threads else { throw BenchError("threads is from 1 to 1024, not \(threads)") }
      return .build(
        threads: threads, seconds: try await runner.engine.rebuildSeconds(threads: threads).rounded(digits: 4))
    }
    if request.memory == true {
      return .memory(try await runner.engine.memory())
    }
    throw BenchError("a request has one of round, build, memory and exit")
  }

  private func reply(_ reply: ServeReply) throws {
    try FileHandle.standardOutput.write(contentsOf: ResultEncoder.line(reply))
  }
}
