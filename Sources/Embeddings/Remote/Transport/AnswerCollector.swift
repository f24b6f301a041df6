// SPDX-License-Identifier: Apache-2.0

/// Gathers an answer while it comes.
struct AnswerCollector {
  /// The most that is kept of an answer that is no success: enough for its message.
  static let errorLimit = 64 << 10
  /// The headers that are kept.
  private static let names: Set<String> = ["retry-after", "retry-after-ms", "x-should-retry", "content-type", "date"]

  private(set) var headers: [String: String] = [:]
  private(set) var body: [UInt8] = []
  /// Whether a success had more bytes than it may have.
  private(set) var isTooLarge = false
  /// Whether the rest of an answer that is no success was left.
  private(set) var isCutShort = false
  private let limit: Int
  private var isSuccess = false

  /// - Parameter limit: the most bytes of a success.
  init(limit: Int) { self.limit = limit }

  /// Takes a part of the body; false where the rest is not wanted.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let room = (isSuccess ? limit : Self.errorLimit) - body.count
    if bytes.count <= room {
      body.append(contentsOf: bytes)
      return true
    }
    guard !isSuccess else {
      isTooLarge = true
      return false
    }
    body.append(contentsOf: bytes.prefix(max(room, 0)))
    isCutShort = true
    return false
  }

  /// Takes a line of the head; always true.
  mutating func append(header bytes: UnsafeRawBufferPointer) -> Bool {
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      // Of several heads (100 Continue comes before the answer's) the last counts.
      headers = [:]
      isSuccess = line.split(separator: " ").dropFirst().first?.hasPrefix("2") ?? false
    } else if let colon = line.firstIndex(of: ":") {
      let name = line[..<colon].lowercased()
      guard Self.names.contains(name) else { return true }
      headers[name] = line[line.index(after: colon)...].filter { !$0.isNewline }.trimmed
    }
    return true
  }
}
