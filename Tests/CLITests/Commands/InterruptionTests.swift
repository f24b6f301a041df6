// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite("Ctrl-C leaves a store that can be used")
struct InterruptionTests {
  @Test("an ingest that is interrupted says how far it came, and goes on from there")
  func ingest() async throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(3)
    for number in 0..<3_000 {
      let words = (0..<60).map { _ in "w\(Int.random(in: 0..<5_000, using: &random))" }
      try folder.write(words.joined(separator: " "), as: "docs/\(number).txt")
    }
    let arguments = ["ingest", "docs", "--store", "s.db", "--embedder", "hashing:384"]
    let process = try BuiltCommand.process(arguments, in: folder)
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", as: "errors")))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // When something has been written, there is much left to do.
    for _ in 0..<600 where try Self.count(folder) == 0 { try await Task.sleep(for: .milliseconds(10)) }
    process.interrupt()
    process.waitUntilExit()
    let isDone = process.terminationStatus == 0
    if !isDone {
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 130)
      #expect(try folder.text("errors").contains("interrupted after reading"))
    }
    let kept = try Self.count(folder)
    #expect(kept > 0)
    #expect(try folder.run("verify", "--store", "s.db").status == 0)
    let outcome = try BuiltCommand.run(arguments + ["--json"], in: folder)
    let counts = try Counts(outcome)
    #expect(counts == Counts(3_000 - kept, skipped: kept))
  }

  @Test("waiting for standard input ends too")
  func standardInput() async throws {
    let folder = try TemporaryFolder()
    let process = try BuiltCommand.process(
      ["import", "-", "--store", "s.db", "--embedder", "hashing:8"], in: folder)
    let input = Pipe()
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data("{\"content\": \"a\"}\n".utf8))
    // It listens for signals before it makes the store, and reads after.
    for _ in 0..<6_000 where !folder.exists("s.db") { try await Task.sleep(for: .milliseconds(10)) }
    try await Task.sleep(for: .milliseconds(200))
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
  }

  private static func count(_ folder: TemporaryFolder) throws -> Int {
    guard folder.exists("s.db") else { return 0 }
    let output = try folder.run("count", "--store", "s.db").output
    return Int(output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }
}
