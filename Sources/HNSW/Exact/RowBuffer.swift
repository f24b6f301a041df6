// SPDX-License-Identifier: Apache-2.0

/// Rows of one size in one piece of memory.
///
/// A value: a copy shares the memory until either changes, and the change then copies it whole, in O(count · stride).
/// Memory doubles when it is full.
struct RowBuffer: Sendable {
  /// Bytes from one row to the next.
  let stride: Int
  private(set) var count = 0
  private var memory: RowMemory

  /// The least memory that is taken, in bytes.
  private static let leastBytes = 4096

  init(stride: Int) {
    self.stride = stride
    memory = RowMemory(byteCount: 0)
  }

  /// Calls `body` with the address of row 0, good for the time of the call.
  @inline(__always)
  func withRows<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
    withExtendedLifetime(memory) { body(UnsafeRawPointer(memory.base)) }
  }

  /// Makes room for `rows` more rows at once.
  mutating func reserve(_ rows: Int) { makeWritable(rows: count + rows) }

  /// Adds a row of these bytes, with zeros behind them.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    makeWritable(rows: count + 1)
    count += 1
    write(bytes, to: count - 1)
  }

  /// Puts these bytes, with zeros behind them, in the place of a row.
  mutating func replace(_ row: Int, with bytes: UnsafeRawBufferPointer) {
    precondition((0..<count).contains(row), "no row \(row) among \(count)")
    makeWritable(rows: count)
    write(bytes, to: row)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, to row: Int) {
    let target = UnsafeMutableRawBufferPointer(start: memory.base + row * stride, count: stride)
    target.copyMemory(from: bytes)
    target[bytes.count...].initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Removes a row and moves the last one into its place.
  mutating func removeSwapping(_ row: Int) {
    precondition((0..<count).contains(row), "no row \(row) among \(count)")
    makeWritable(rows: count)
    count -= 1
    if row < count { (memory.base + row * stride).copyMemory(from: memory.base + count * stride, byteCount: stride) }
  }

  /// Sees to it that the memory is this value's own and holds `rows` rows.
  private mutating func makeWritable(rows: Int) {
    let needed = rows * stride
    let isFull = needed > memory.byteCount
    guard isFull || !isKnownUniquelyReferenced(&memory) else { return }
    let size = isFull ? max(needed, 2 * count * stride, Self.leastBytes) : memory.byteCount
    let own = RowMemory(byteCount: size)
    own.base.copyMemory(from: memory.base, byteCount: count * stride)
    memory = own
  }
}
