// SPDX-License-Identifier: Apache-2.0

/// What a filter looks at: a member of the metadata, or the document's id or content.
///
/// As text: `year`; `author.name` for a member within a member; `version\.major` for a key that holds a dot (`\\` for
/// one that holds a backslash);
/// `$id` and `$content` for the document; `\$price` for a key that begins with `$`. The empty key is the empty text.
/// Keys compare by their bytes of UTF-8. A path does not lead into arrays.
public struct Field: Sendable, Hashable, CustomStringConvertible {
  /// Where a field is.
  public enum Location: Sendable, Hashable {
    /// The document's id.
    case id
    /// The document's text.
    case content
    /// A member of the metadata: the keys from the outside in, at least one.
    case metadata([String])
  }

  /// Where the field is.
  public let location: Location

  /// The document's id.
  public static let id = Field(location: .id)
  /// The document's text.
  public static let content = Field(location: .content)

  private init(location: Location) { self.location = location }

  /// The field that a text names. Every text names one: a `\` that escapes nothing stands for itself, and `$` begins a
  /// key unless the
  /// text is `$id` or `$content`. JSON filters are stricter, see ``Filter/init(json:)``.
  public init(_ text: String) {
    switch text {
    case "$id": self = .id
    case "$content": self = .content
    default: location = .metadata(Self.split(text).keys)
    }
  }

  /// The member that keys lead to, each as it is, without escapes. Without a key it is the member of the empty key.
  public init(path: [String]) { location = .metadata(path.isEmpty ? [""] : path) }

  /// The field that a text in a JSON filter names.
  init(strict text: String) throws(Fault) {
    guard text.utf8.first == UInt8(ascii: "$") else {
      let (keys, isClean) = Self.split(text)
      guard isClean else {
        throw Fault(message: "a backslash in a field escapes '.', '\\' or a leading '$' only; write '\\\\' for itself")
      }
      location = .metadata(keys)
      return
    }
    switch text {
    case "$id": self = .id
    case "$content": self = .content
    default:
      throw Fault(
        message:
          "there is no operator or field '\(text)' here; the fields are $id and $content, a metadata key that begins with '$' is written '\\$…'"
      )
    }
  }

  struct Fault: Error { let message: String }

  /// The keys, and whether each backslash escaped something.
  private static func split(_ text: String) -> (keys: [String], isClean: Bool) {
    var keys: [String] = []
    var key = String.UnicodeScalarView()
    var isEscaped = false
    var isClean = true
    for (place, scalar) in text.unicodeScalars.enumerated() {
      if isEscaped {
        let escapes = scalar == "." || scalar == "\\" || (scalar == "$" && place == 1)
        if !escapes {
          isClean = false
          key.append("\\")
        }
        key.append(scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "." {
        keys.append(String(key))
        key = String.UnicodeScalarView()
      } else {
        key.append(scalar)
      }
    }
    if isEscaped {
      isClean = false
      key.append("\\")
    }
    keys.append(String(key))
    return (keys, isClean)
  }

  /// The text that names the field, with escapes; ``init(_:)`` reads it back.
  public var description: String {
    switch location {
    case .id: return "$id"
    case .content: return "$content"
    case .metadata(let keys):
      var text = String.UnicodeScalarView()
      for (place, key) in keys.enumerated() {
        if place > 0 { text.append(".") }
        for (index, scalar) in key.unicodeScalars.enumerated() {
          if scalar == "." || scalar == "\\" || (scalar == "$" && place == 0 && index == 0) { text.append("\\") }
          text.append(scalar)
        }
      }
      return String(text)
    }
  }

  /// Whether both are the same, strings by their bytes.
  public static func == (a: Field, b: Field) -> Bool { ByteOrder.equal(a.description, b.description) }
  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(ByteKey(description)) }
}
