// SPDX-License-Identifier: Apache-2.0

/// A setting's value, and where it came from.
struct ResolvedSetting {
  /// Where a value came from.
  enum Origin: CustomStringConvertible {
    case flag(String)
    case environment(String)
    case file(String)
    case builtIn

    var description: String {
      switch self {
      case .flag(let name): "flag --\(name)"
      case .environment(let name): "environment \(name)"
      case .file(let path): "file \(path)"
      case .builtIn: "default"
      }
    }
  }

  /// What it is.
  let setting: Setting
  /// The value as text.
  let value: String
  /// Where it came from.
  let origin: Origin

  /// The value as a number.
  func number(in range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw fault("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The value as yes or no.
  func flag() throws -> Bool {
    switch value.lowercased() {
    case "true", "yes", "1", "on": return true
    case "false", "no", "0", "off": return false
    default: throw fault("true or false")
    }
  }

  /// An error that says where the value came from.
  func fault(_ expected: String) -> CommandError {
    .usage("\(setting.name) must be \(expected), not '\(value)' (from \(origin))")
  }
}
