// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `vectorstore serve` on a free port of this machine, for as long as a test asks it.
struct RunningService: Sendable {
  struct Answer: Sendable {
    let status: Int
    let retryAfter: String?
    let body: String

    var code: String? { (try? JSONValue(parsing: body))?["code"]?.stringValue }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let port: Int

  /// Runs the service; it has to stop by itself afterwards, with exit code 0.
  ///
  /// - Parameter shell: what a shell does before it becomes the service, such as `ulimit -Sn 128;`.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, shell: String = "", environment: [String: String] = [:],
    _ body: (RunningService) async throws -> Void
  ) async throws {
    let process = try BuiltCommand.process(["serve", "--port", "0"] + arguments, in: folder, environment: environment)
    if !shell.isEmpty, let command = process.executableURL {
      process.arguments = ["-c", "\(shell) exec \"$@\"", "sh", command.path] + (process.arguments ?? [])
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
    }
    let log = UUID().uuidString
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", as: log)))
    try process.run()
    do {
      try await body(RunningService(port: try await port(said: { try folder.text(log) }, by: process)))
    } catch {
      process.terminate()
      process.waitUntilExit()
      throw error
    }
    process.terminate()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Failure(description: "the service ended with \(process.terminationStatus): \(try folder.text(log))")
    }
  }

  private static func port(said: () throws -> String, by process: Process) async throws -> Int {
    while true {
      let text = try said()
      if let start = text.range(of: "http://127.0.0.1:")?.upperBound, let end = text[start...].firstIndex(of: "/"),
        let port = Int(text[start..<end])
      {
        return port
      }
      guard process.isRunning else { throw Failure(description: "the service does not run: \(text)") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  func get(_ path: String) async throws -> Answer { try await send("GET", path, nil) }

  func send(_ method: String, _ path: String, _ body: [UInt8]?, type: String = "application/json") async throws
    -> Answer
  {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw Failure(description: path) }
    var request = URLRequest(url: url, timeoutInterval: 120)
    request.httpMethod = method
    request.httpBody = body.map { Data($0) }
    if body != nil { request.setValue(type, forHTTPHeaderField: "Content-Type") }
    // A session of its own is a connection of its own.
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    let (data, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw Failure(description: "no answer of HTTP") }
    return Answer(
      status: response.statusCode, retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
      body: String(decoding: data, as: UTF8.self))
  }
}
