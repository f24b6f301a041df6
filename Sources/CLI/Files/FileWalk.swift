// SPDX-License-Identifier: Apache-2.0

/// The files that paths on a command line mean, each once, in an order that does not change.
struct FileWalk {
  /// A file to read.
  struct File: Sendable {
    /// Where it is, for the system; nil is standard input.
    let path: String?
    /// What it is called in the store.
    let source: String
    /// Its format, where its name or the user tells.
    let format: FileFormat?
  }

  /// A path that leads to nothing that can be read.
  struct Fault: Sendable {
    let path: String
    let message: String
  }

  private let patterns: [GlobPattern]
  private let standardInput: File
  /// The files found.
  private(set) var files: [File] = []
  /// What could not be read.
  private(set) var faults: [Fault] = []
  /// How many files of folders were passed over because nobody knows their kind, by the endings of their names.
  private(set) var unknownKinds: [String: Int] = [:]
  private var sources: Set<[UInt8]> = []
  /// Folders that have been walked: links may lead to them again.
  private var walked: Set<FolderEntry.Identity> = []

  /// The files of paths. In folders those count whose paths fit one of the patterns; without patterns, those of a known
  /// format. A file that is named itself always counts.
  init(paths: [String], globs: [String], standardInput: File) {
    patterns = globs.map(GlobPattern.init)
    self.standardInput = standardInput
    for path in paths { take(path) }
  }

  private mutating func take(_ path: String) {
    guard path != "-" else { return add(standardInput) }
    guard let (kind, identity) = FolderEntry.kind(of: path) else {
      faults.append(Fault(path: path, message: "there is no such file or folder"))
      return
    }
    let source = SourceName.normalized(path)
    switch kind {
    case .file, .other: add(File(path: path, source: source, format: FileFormat(path: path)))
    case .folder: walk(path, source: source, relative: "", identity: identity)
    }
  }

  private mutating func walk(_ folder: String, source: String, relative: String, identity: FolderEntry.Identity) {
    guard walked.insert(identity).inserted else { return }
    let entries: [FolderEntry]
    do {
      entries = try FolderEntry.entries(of: folder)
    } catch {
      faults.append(Fault(path: folder, message: "\(error)"))
      return
    }
    for entry in entries {
      guard let name = entry.name else {
        let shown = SourceName.joined(folder, entry.shownName)
        faults.append(Fault(path: shown, message: "its name is not UTF-8"))
        continue
      }
      let path = SourceName.joined(folder, name)
      let relative = relative.isEmpty ? name : "\(relative)/\(name)"
      let source = SourceName.joined(source, name)
      // A link that leads nowhere is passed over, as hidden files are.
      guard let (kind, identity) = FolderEntry.kind(of: path) else { continue }
      switch kind {
      case .folder: walk(path, source: source, relative: relative, identity: identity)
      case .file:
        let format = FileFormat(path: path)
        let isWanted = patterns.isEmpty ? format != nil : patterns.contains { $0.matches(relative) }
        if isWanted {
          add(File(path: path, source: source, format: format))
        } else if patterns.isEmpty {
          let ending = name.lastIndex(of: ".").map { String(name[$0...]) } ?? "no ending"
          unknownKinds[ending, default: 0] += 1
        }
      case .other: continue
      }
    }
  }

  private mutating func add(_ file: File) {
    if sources.insert(Array(file.source.utf8)).inserted { files.append(file) }
  }
}
