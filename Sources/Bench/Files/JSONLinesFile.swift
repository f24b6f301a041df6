// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// JSON Lines: in each line an array of numbers, or an object that has one as its `embedding` or `vector`.
enum JSONLinesFile {
  /// All rows of the file.
  ///
  /// - Throws: ``VectorFileError`` that names the line which is none.
  static func read(_ reader: FileReader) throws -> Matrix<Float> {
    var vectors = VectorCollector(name: reader.path)
    var number = 0
    try reader.readLines { line in
      number += 1
      guard !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == 9 || $0 == 13 }) else { return }
      do {
        try vectors.append(vector(line), row: "line \(number)")
      } catch let error as VectorStoreError {
        throw VectorFileError(path: reader.path, "line \(number): \(error.message)")
      } catch let fault as Fault {
        throw VectorFileError(path: reader.path, "line \(number): \(fault.message)")
      }
    }
    guard vectors.count > 0 else { throw VectorFileError(path: reader.path, "holds no line with a vector") }
    return try vectors.matrix()
  }

  private struct Fault: Error {
    let message: String
  }

  private static func vector(_ line: [UInt8]) throws -> [Float] {
    var value = try JSONValue(parsing: line)
    if let object = value.objectValue {
      guard let vector = object["embedding"] ?? object["vector"] else {
        throw Fault(message: "the object has neither \"embedding\" nor \"vector\"")
      }
      value = vector
    }
    guard let numbers = value.arrayValue, !numbers.isEmpty else {
      throw Fault(message: "a vector is an array of numbers, at least one")
    }
    return try numbers.map { number in
      guard let float = Float(nearest: number), float.isFinite else {
        throw Fault(message: "the vector holds \(number.kindDescription), or a number beyond Float32")
      }
      return float
    }
  }
}
