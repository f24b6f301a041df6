// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Packed bits. Vectors are passed as their 64-bit words.
final class BitSpace: VectorSpace, @unchecked Sendable {
  let rows: Section
  private let words: Int

  init(dimension: Int, metric: Metric, wantedRecords: Int, minimumRecords: Int) throws(VectorIndexError) {
    words = BitKernels.words(dimension)
    rows = try Section(stride: words * 8, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    super.init(dimension: dimension, metric: metric, walkRows: WalkRows(rows: rows, constants: nil))
  }

  override var sections: [(kind: SectionKind, section: Section)] { [(.rows, rows)] }
  override var capacity: Int { rows.capacity }

  @inline(__always)
  func row(_ slot: Int) -> UnsafeMutablePointer<UInt64> { rows.pointer(UInt64.self) + slot &* words }

  override func store(_ vector: UnsafeRawPointer, at slot: Int) {
    UnsafeMutableRawPointer(row(slot)).copyMemory(from: vector, byteCount: words &* 8)
  }

  override func prepare(_ vector: UnsafeRawPointer, into query: PreparedQuery) -> Bool {
    UnsafeMutableRawPointer(query.bits).copyMemory(from: vector, byteCount: words &* 8)
    query.bitPopulation = BitKernels.population(query.bits, words)
    return true
  }

  override func prepare(slot: Int, precisely: Bool, into query: PreparedQuery) { _ = prepare(row(slot), into: query) }

  override func walk(
    _ query: PreparedQuery, _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count {
      let row = row(Int(slots[index]))
      if metric == .hamming {
        distances[index] = Float(BitKernels.hamming(query.bits, row, words))
      } else {
        distances[index] = BitKernels.jaccard(
          query.bits, row, words, populations: query.bitPopulation &+ BitKernels.population(row, words))
      }
    }
  }

  override func equal(_ a: Int, _ b: Int) -> Bool { memcmp(row(a), row(b), words &* 8) == 0 }
}
