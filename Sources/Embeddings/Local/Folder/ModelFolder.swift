// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A model's files, as the hub and sentence-transformers lay them out.
struct ModelFolder {
  /// Where it is.
  let path: String

  /// The folder at `path`.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` if there is no folder.
  init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw VectorStoreError(.notFound, "there is no model folder \"\(path)\"", context: [.file: path])
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw VectorStoreError(
        .notFound, "\"\(path)\" is no folder; a model is a folder with config.json and model.safetensors",
        context: [.file: path])
    }
    self.path = path
  }

  /// Whether the folder has a file of this name.
  func has(_ name: String) -> Bool { access(join(name), R_OK) == 0 }

  /// The path of a file in the folder. An empty part stands for the folder itself.
  func join(_ name: String) -> String {
    if name.isEmpty { return path }
    return path.utf8.last == UInt8(ascii: "/") ? path + name : path + "/" + name
  }

  /// The file of this name, mapped.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound``, ``VectorStoreError/Code/io``.
  func map(_ name: String) throws -> MappedFile { try MappedFile(path: join(name), name: name) }

  /// The JSON object in the file of this name.
  func configuration(_ name: String) throws -> ConfigurationFile {
    try ConfigurationFile(name: name, value: json(name))
  }

  /// The JSON object in the file of this name; nil where there is no such file.
  func configurationIfPresent(_ name: String) throws -> ConfigurationFile? {
    has(name) ? try configuration(name) : nil
  }

  /// The JSON value in the file of this name.
  func json(_ name: String) throws -> JSONValue {
    let bytes = try map(name).contents
    do {
      return try JSONValue(parsing: bytes)
    } catch let error as VectorStoreError {
      throw ModelError.corrupt(name, "is no JSON: \(error.message)").adding(error.context)
    }
  }

  /// What the model is called where nobody gave it a name: the folder's name, or the repository's inside a hub cache
  /// (`models--owner--name/snapshots/…`).
  var displayName: String {
    let resolved = realpath(path, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    let parts = (resolved ?? path).split(separator: "/")
    if parts.contains("snapshots"), let repository = parts.last(where: { $0.hasPrefix("models--") }) {
      return Self.hubName(repository)
    }
    return parts.last.map(String.init) ?? "model"
  }

  /// `name` of `models--owner--name`.
  private static func hubName(_ folder: Substring) -> String {
    let bytes = Array(folder.utf8)
    var start = 0
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "-"), bytes[index + 1] == UInt8(ascii: "-") {
        start = index + 2
        index += 2
      } else {
        index += 1
      }
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }
}
