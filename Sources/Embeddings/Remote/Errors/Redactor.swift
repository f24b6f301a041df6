// SPDX-License-Identifier: Apache-2.0

/// Takes secrets out of what others say.
struct Redactor: Sendable {
  /// The most characters of a message that are shown.
  static let limit = 400
  private let secrets: [String]

  /// Redacts these texts, wherever they are; what has less than four characters is no secret but a part of words.
  init(_ secrets: [String]) {
    // The longest first, so that of two that begin alike nothing is left.
    self.secrets = Array(Set(secrets.filter { $0.utf8.count >= 4 })).sorted {
      ($0.utf8.count, $0) > ($1.utf8.count, $1)
    }
  }

  /// A message in one line of printable text, without secrets, and not too long.
  func message(_ text: String) -> String {
    // More than can be shown even if much of it is white space or secret.
    var scalars = String.UnicodeScalarView()
    var isGap = false
    for scalar in text.unicodeScalars.prefix(AnswerCollector.errorLimit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse:
        isGap = true
      default:
        if isGap, !scalars.isEmpty { scalars.append(" ") }
        isGap = false
        scalars.append(scalar)
      }
    }
    var message = String(scalars)
    for secret in secrets { message = Self.replace(secret, in: message) }
    return message.count > Self.limit ? message.prefix(Self.limit - 1) + "…" : message
  }

  /// By bytes, so that no combining character hides the end of a secret.
  private static func replace(_ secret: String, in text: String) -> String {
    let (pattern, bytes) = (Array(secret.utf8), Array(text.utf8))
    guard let first = pattern.first, bytes.count >= pattern.count else { return text }
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == first, bytes[place...].starts(with: pattern) {
        result += "…".utf8
        place += pattern.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
