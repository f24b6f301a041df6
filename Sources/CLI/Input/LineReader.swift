// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The lines of a file or of standard input, one after the other, however large it is.
final class LineReader {
  /// A line and its number, from 1. The line end is not part of it.
  struct Line {
    let number: Int
    let bytes: [UInt8]
  }

  /// A line longer than this is no line of anybody's.
  private static let longestLine = 1 << 28

  /// What it is called in messages.
  let name: String
  /// The bytes of the lines that were returned.
  private(set) var bytesRead = 0

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var place = 0
  private var number = 0
  private var isAtEnd = false
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)

  /// A reader of a file, or of standard input for `-`.
  init(path: String) throws {
    guard path != "-" else {
      (descriptor, name) = (STDIN_FILENO, "standard input")
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    name = path
    guard descriptor >= 0 else { throw CommandError.failed("\(path): \(String(cString: strerror(errno)))") }
  }

  deinit {
    chunk.deallocate()
    if descriptor > STDIN_FILENO { close(descriptor) }
  }

  /// Whether a whole line has been read already, so that ``next()`` will not wait.
  var hasLine: Bool { buffer[place...].contains(0x0A) }

  /// The next line that is not blank; nil at the end.
  func next() throws -> Line? {
    while let line = try line() {
      if !line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return line }
    }
    return nil
  }

  /// The next line, be it blank; nil at the end.
  func line() throws -> Line? {
    var searched = place
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) { return take(upTo: end, skipping: 1) }
      guard !isAtEnd else { return place < buffer.count ? take(upTo: buffer.count, skipping: 0) : nil }
      guard buffer.count - place <= Self.longestLine else {
        throw CommandError.failed("\(name): line \(number + 1) is longer than \(Self.longestLine) bytes")
      }
      buffer.removeFirst(place)
      place = 0
      searched = buffer.count
      do {
        let count = try InputDescriptor.read(descriptor, into: chunk)
        if count == 0 { isAtEnd = true } else { buffer.append(contentsOf: chunk.prefix(count)) }
      } catch let fault as FileFault {
        throw CommandError.failed("\(name): \(fault)")
      }
    }
  }

  private func take(upTo end: Int, skipping: Int) -> Line {
    var bytes = Array(buffer[place..<end])
    bytesRead += end - place + skipping
    place = end + skipping
    number += 1
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return Line(number: number, bytes: bytes)
  }
}
