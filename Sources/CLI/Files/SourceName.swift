// SPDX-License-Identifier: Apache-2.0

/// What a file is called in a store: its path as it was given, put into one form. It is not made absolute, so that a
/// store moves with its folder; so ingest has to run in the same folder each time, or be given absolute paths.
enum SourceName {
  /// The path without `.`, `//` and resolvable `..`: `./docs//a/../b.md` is `docs/b.md`. The file system is not asked,
  /// so that links keep their names.
  static func normalized(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isAbsolute { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// The path of something in a folder.
  static func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
