// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An engine's runner, spoken to by the serve protocol of `Benchmarks/README.md`. It is idle between requests.
package final class EngineSession {
  /// Why a request has no answer.
  package struct Failure: Error, CustomStringConvertible {
    /// The engine and what is wrong: `hnswlib: no answer in 20 s`.
    package let description: String
    /// What is wrong, without the engine.
    package let message: String
    /// Whether the runner can still be asked: it has answered that this request failed.
    package let isAlive: Bool

    init(_ engine: ComparedEngine, _ message: String, isAlive: Bool = false) {
      description = "\(engine.label): \(message)"
      self.message = message
      self.isAlive = isAlive
    }
  }

  /// The engine that is measured.
  package let engine: ComparedEngine
  private let process: EngineProcess
  private let timeout: Double
  private var ready: EngineDescription?

  /// Starts the engine's runner, which now reads the data and builds its index; `waitUntilReady()` waits for that.
  ///
  /// - Parameters:
  ///   - companion: The path of `vectorstore-bench`.
  ///   - log: The file for the runner's standard error.
  ///   - timeout: The seconds that one answer may take.
  package convenience init(_ engine: ComparedEngine, companion: String, log: String, timeout: Double) throws {
    try self.init(engine, companion: companion, log: log, timeout: timeout, interruption: nil)
  }

  init(_ engine: ComparedEngine, companion: String, log: String, timeout: Double, interruption: InterruptPipe?) throws {
    self.engine = engine
    self.timeout = timeout
    do {
      process = try EngineProcess(engine.command, companion: companion, log: log, interruption: interruption)
    } catch {
      throw Failure(engine, String(describing: error))
    }
  }

  /// What the runner says when its index is built.
  ///
  /// - Throws: ``Failure``
  package func waitUntilReady() throws -> EngineDescription {
    if let ready { return ready }
    let line = try readLine()
    do {
      let mark = try decode(ReadyMark.self, line)
      guard mark.ready == true else { throw BenchError("its first line isn't the protocol's ready line") }
      guard mark.protocol == ServeReply.protocolVersion else {
        throw BenchError(
          "it speaks version \(mark.protocol.map(String.init) ?? "?") of the protocol, not \(ServeReply.protocolVersion)"
        )
      }
      let description = try decode(EngineDescription.self, line)
      ready = description
      return description
    } catch {
      process.kill()
      throw Failure(engine, String(describing: error))
    }
  }

  /// Measures all points anew.
  ///
  /// - Throws: ``Failure``
  package func round(_ number: Int, filters: Bool) throws -> [CurvePoint] {
    let reply = try ask(Request(round: number, filters: filters), for: RoundReply.self)
    guard reply.round == number else {
      throw unusable("the answer to round \(number) is of round \(reply.round)")
    }
    guard !reply.points.isEmpty else { throw unusable("a round without points") }
    return reply.points
  }

  /// Builds a second index and drops it: the seconds it took.
  ///
  /// - Throws: ``Failure``
  package func build(threads: Int) throws -> Double {
    let reply = try ask(Request(build: true, threads: threads), for: BuildReply.self)
    guard reply.threads == threads else {
      throw unusable("the answer to a build on \(threads) threads is of \(reply.threads)")
    }
    return reply.buildSeconds
  }

  /// What the saved index needs.
  ///
  /// - Throws: ``Failure``
  package func memory() throws -> MemoryResult {
    try ask(Request(memory: true), for: MemoryResult.self)
  }

  /// Ends the runner: asked to at first, killed where it doesn't end in half a minute.
  package func close() {
    if let line = try? ResultEncoder.line(Request(exit: true)) { try? process.write(line) }
    process.close(within: 30)
  }

  /// Ends the runner at once.
  func kill() {
    process.kill()
  }

  private struct ReadyMark: Decodable {
    let ready: Bool?
    let `protocol`: Int?
  }

  private struct Request: Encodable {
    var round: Int?
    var filters: Bool?
    var build: Bool?
    var threads: Int?
    var memory: Bool?
    var exit: Bool?
  }

  private struct RoundReply: Decodable {
    let round: Int
    let points: [CurvePoint]
  }

  private struct BuildReply: Decodable {
    let threads: Int
    let buildSeconds: Double

    enum CodingKeys: String, CodingKey {
      case threads
      case buildSeconds = "build_seconds"
    }
  }

  private struct ErrorReply: Decodable {
    let error: String?
  }

  private func ask<Reply: Decodable>(_ request: Request, for type: Reply.Type) throws -> Reply {
    do {
      try process.write(ResultEncoder.line(request))
    } catch {
      throw Failure(engine, String(describing: error))
    }
    let line = try readLine()
    do {
      if let message = try decode(ErrorReply.self, line).error {
        throw Failure(engine, message, isAlive: true)
      }
      return try decode(type, line)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw unusable(String(describing: error))
    }
  }

  private func readLine() throws -> Data {
    do {
      return try process.readLine(within: timeout)
    } catch let interrupted as Interrupted {
      throw interrupted
    } catch {
      throw Failure(engine, String(describing: error))
    }
  }

  /// A value of the line.
  private func decode<Value: Decodable>(_ type: Value.Type, _ line: Data) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: line)
    } catch {
      let start = TextLine.clean(String(decoding: line.prefix(120), as: UTF8.self))
      throw BenchError("not a line of the protocol (\(DecodingProblem.text(of: error))): \(start)")
    }
  }

  /// Who answers with something else can't be trusted with the next request.
  private func unusable(_ message: String) -> Failure {
    process.kill()
    return Failure(engine, message)
  }
}
