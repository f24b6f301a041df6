// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalEmbeddings
import VectorStoreCore

/// Measures one model over one set of texts.
struct EmbedRunner {
  private let embedder: LocalEmbedder
  private let texts: [String]
  private let threads: Int
  private let minSeconds: Double
  private let loadSeconds: Double

  init(model: String, texts: String, threads: Int, minSeconds: Double) throws {
    self.texts = try TextLines.read(texts)
    self.threads = threads
    self.minSeconds = minSeconds
    (embedder, loadSeconds) = try Clocks.timed {
      try LocalEmbedder(folder: model, options: .init(threads: threads))
    }
  }

  /// One round: whole passes over the texts until the time is up.
  func measure(round: Int) async throws -> EmbedResult {
    let processor = Clocks.processor()
    var passes = 0
    var seconds = 0.0
    let started = Clocks.wall()
    repeat {
      _ = try await embed()
      passes += 1
      seconds = Double(Clocks.wall() - started) / 1e9
    } while seconds < minSeconds
    let used = Double(Clocks.processor() - processor) / 1e9
    return EmbedResult(
      round: round, threads: threads, texts: texts.count, passes: passes, seconds: seconds.rounded(digits: 6),
      processorSeconds: used.rounded(digits: 6),
      textsPerSecond: (Double(passes * texts.count) / seconds).rounded(digits: 2),
      loadSeconds: loadSeconds.rounded(digits: 6), residentBytes: try ResidentMemory.now().total)
  }

  /// Answers `{"round": i}` a line until the input ends or `{"exit": true}` comes.
  func serve() async throws {
    _ = try await embed()
    while let line = readLine() {
      let request = try JSONDecoder().decode(ServeRequest.self, from: Data(line.utf8))
      if request.exit == true { return }
      FileHandle.standardOutput.write(try ResultEncoder.line(try await measure(round: request.round ?? 0)))
    }
  }

  /// Writes the vectors in the layout of TEXMEX: each with its dimension before it.
  func writeVectors(_ path: String) async throws {
    var data = Data()
    for vector in try await embed() {
      withUnsafeBytes(of: Int32(vector.count).littleEndian) { data.append(contentsOf: $0) }
      for number in vector { withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
    }
    try data.write(to: URL(fileURLWithPath: path))
  }

  private func embed() async throws -> [[Float]] { try await embedder.embed(passages: texts) }
}
