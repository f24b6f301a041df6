// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// The text of PDF files, page by page, by the command `pdftotext` where it is installed.
struct PDFReader {
  /// Said where it is not.
  static let advice =
    "PDF files are read by 'pdftotext', which is not installed here: apt-get install poppler-utils, or brew install poppler"

  private let executable: URL
  private let timeLimit: Duration?

  /// A reader.
  ///
  /// - Parameter timeLimit: how long a file may take; nil for as long as it likes.
  /// - Throws: ``FileFault`` with advice where `pdftotext` is not in `PATH`.
  init(timeLimit: Duration?) throws {
    self.timeLimit = timeLimit
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let candidates = folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent("pdftotext") }
    guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw FileFault(Self.advice)
    }
    executable = found
  }

  /// The pages with any text.
  func parts(of bytes: [UInt8]) throws -> [FilePart] {
    let text = try self.text(of: bytes)
    var parts: [FilePart] = []
    var offset = 0
    for (number, page) in text.split(separator: "\u{0C}", omittingEmptySubsequences: false).enumerated() {
      if !page.allSatisfy(\.isWhitespace) {
        parts.append(
          FilePart(text: String(page), metadata: ["page": .integer(Int64(number + 1))], scalarOffset: offset))
      }
      offset += page.unicodeScalars.count + 1
    }
    guard !parts.isEmpty else { throw FileFault("it has no text: is it a scan? Recognise its characters first") }
    return parts
  }

  private func text(of bytes: [UInt8]) throws -> String {
    // Through files: no pipe can fill up, and a name that begins with "-" is no option.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vectorstore-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (folder.appendingPathComponent("in.pdf"), folder.appendingPathComponent("out.txt"))
    try Data(bytes).write(to: input)
    let process = Process()
    process.executableURL = executable
    process.arguments = ["-q", "-enc", "UTF-8", input.path, output.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    // Some damaged files make it search for ever. It ignores SIGTERM where this process does, as a service.
    let number = process.processIdentifier
    let watch = DispatchWorkItem { kill(number, SIGKILL) }
    if let timeLimit {
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Int(timeLimit.components.seconds)), execute: watch)
    }
    process.waitUntilExit()
    watch.cancel()
    if let timeLimit, process.terminationReason == .uncaughtSignal, start.duration(to: .now) >= timeLimit {
      throw FileFault("pdftotext has not read it in \(timeLimit): is it damaged?")
    }
    guard process.terminationStatus == 0, let data = try? Data(contentsOf: output) else {
      throw FileFault("pdftotext cannot read it: damaged, protected by a password, or no PDF file")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
