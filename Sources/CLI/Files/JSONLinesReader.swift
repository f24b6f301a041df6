// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Lines of JSON as texts: an object a line, with the text, an id if it likes, and metadata.
///
/// The members of `metadata` and all further members are metadata; `embedding` is left out, since ingest embeds itself.
struct JSONLinesReader {
  let options: ReadingOptions

  /// The rows of a text.
  func parts(of text: String) throws -> [FilePart] {
    var parts: [FilePart] = []
    let bytes = Array(text.utf8)
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
      do {
        parts.append(try part(Array(line)))
      } catch {
        throw FileFault(line: number + 1, error)
      }
    }
    return parts
  }

  private func part(_ line: [UInt8]) throws -> FilePart {
    let json = try JSONValue(parsing: line)
    guard let object = json.objectValue else { throw FileFault("an object was expected, not \(json.kindDescription)") }
    let contentName = try options.contentName(among: object.keys)
    guard let text = object[contentName]?.stringValue else { throw FileFault("'\(contentName)' must be a string") }
    var part = FilePart(text: text)
    for (name, value) in object {
      switch name {
      case contentName, "embedding": break
      case options.idName: part.id = try id(value)
      case "metadata":
        guard let more = value.objectValue else { part.metadata[name] = value; break }
        part.metadata = part.metadata.merging(more)
      default: part.metadata[name] = value
      }
    }
    return part
  }

  private func id(_ value: JSONValue) throws -> String? {
    switch value {
    case .string(let id) where !id.isEmpty: return id
    case .integer(let id): return String(id)
    case .null: return nil
    default: throw FileFault("'\(options.idName)' must be a string that is not empty, or a whole number")
    }
  }
}
