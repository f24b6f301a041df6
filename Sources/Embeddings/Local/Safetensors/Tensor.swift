// SPDX-License-Identifier: Apache-2.0

/// A matrix or vector of weights in a mapped file. Its bounds were checked when it was looked up.
struct Tensor: Sendable {
  /// Keeps the bytes mapped.
  let file: MappedFile
  /// The tensor's name in the file.
  let name: String
  /// How numbers are stored.
  let element: TensorElement
  /// Rows; 1 for a vector.
  let rows: Int
  /// Numbers in a row.
  let columns: Int
  /// Where its bytes are in the file.
  let range: Range<Int>

  /// Where its bytes begin.
  var base: UnsafeRawPointer? { file.bytes.baseAddress.map { $0 + range.lowerBound } }

  /// Writes row `row` to `target` as Float32, `stride` numbers from one to the next.
  ///
  /// - Precondition: 0 ≤ row < ``rows``; callers check ids against it.
  @inline(__always)
  func copyRow(_ row: Int, to target: UnsafeMutablePointer<Float>, stride: Int = 1) {
    guard let base, row >= 0, row < rows else { return }
    let start = base + row &* columns &* element.size
    switch element {
    case .float32:
      for index in 0..<columns { target[index &* stride] = TensorElement.float32.number(start, index &* 4) }
    case .float16:
      for index in 0..<columns { target[index &* stride] = TensorElement.float16.number(start, index &* 2) }
    case .bfloat16:
      for index in 0..<columns { target[index &* stride] = TensorElement.bfloat16.number(start, index &* 2) }
    }
  }

  /// Adds row `row` to the ``columns`` numbers at `target`.
  @inline(__always)
  func addRow(_ row: Int, to target: UnsafeMutablePointer<Float>) {
    guard let base, row >= 0, row < rows else { return }
    let start = base + row &* columns &* element.size
    switch element {
    case .float32:
      for index in 0..<columns { target[index] += TensorElement.float32.number(start, index &* 4) }
    case .float16:
      for index in 0..<columns { target[index] += TensorElement.float16.number(start, index &* 2) }
    case .bfloat16:
      for index in 0..<columns { target[index] += TensorElement.bfloat16.number(start, index &* 2) }
    }
  }

  /// The numbers of a vector.
  var numbers: [Float] {
    var result = [Float](repeating: 0, count: rows * columns)
    result.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      for row in 0..<rows { copyRow(row, to: start + row * columns) }
    }
    withExtendedLifetime(file) {}
    return result
  }

  /// Gives back the memory of its pages; a later read maps them again.
  func release() { file.release(range) }
}
