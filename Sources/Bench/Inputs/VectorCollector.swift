// SPDX-License-Identifier: Apache-2.0

/// Gathers vectors of one length.
struct VectorCollector {
  private let name: String
  private var dimension: Int?
  private var values: [Float] = []

  /// A collector for rows of what errors call `name`.
  init(name: String) {
    self.name = name
  }

  /// The number of rows so far.
  var count: Int { dimension.map { values.count / $0 } ?? 0 }

  /// Takes a row.
  ///
  /// - Throws: ``BenchError`` where it has another length than those before, or a value that is no number.
  mutating func append(_ vector: [Float], row: @autoclosure () -> String) throws {
    let expected = dimension ?? vector.count
    guard !vector.isEmpty, vector.count == expected else {
      throw BenchError("\(name): \(row()) has \(vector.count) dimensions, those before have \(expected)")
    }
    guard vector.allSatisfy(\.isFinite) else { throw BenchError("\(name): \(row()) holds a NaN or an infinity") }
    dimension = expected
    values += vector
  }

  /// All rows.
  ///
  /// - Throws: ``BenchError`` where there are none.
  func matrix() throws -> Matrix<Float> {
    guard let dimension else { throw BenchError("\(name): holds no vectors") }
    return Matrix(dimension: dimension, values: values)
  }
}
