// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import Testing

/// One flipped bit in a file: an error, or exactly the right answer, and always found by `verify()`.
///
/// `VECTORSTORE_BITFLIPS` sets the number of flips for a long run.
@Suite("BitFlip")
struct BitFlipTests {
  static let flips = ProcessInfo.processInfo.environment["VECTORSTORE_BITFLIPS"].flatMap { Int($0) } ?? 3_000

  static let kinds = [
    IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .cosine, storage: .float32),
    IndexKind(metric: .l2, storage: .int8), IndexKind(metric: .jaccard, storage: .bit),
  ]

  @Test(arguments: kinds) func aFlippedBitIsAnErrorOrHarmless(kind: IndexKind) throws {
    let file = try FlippedFile(kind)
    var generator = SeededGenerator(UInt64(kind.description.utf8.count))
    var offsets: [Int] = []
    // Every byte of the header of one kind, some of the others.
    let headerStep = kind == Self.kinds[0] ? 1 : 41
    offsets += stride(from: 0, to: FileImage.page, by: headerStep)
    // Bytes that mean something rather than padding: each section has its share.
    let perSection = Self.flips / Self.kinds.count / (file.image.sections.count + 1)
    for section in file.image.sections where section.records > 0 {
      let used = section.records * section.stride
      for _ in 0..<perSection {
        offsets.append(section.offset + generator.below(generator.oneIn(10) ? section.byteCount : used))
      }
    }
    let tail = file.image.bytes.count - Int(file.image[.checksumOffset])
    for _ in 0..<perSection { offsets.append(file.image.bytes.count - 1 - generator.below(tail)) }
    for offset in offsets { try file.flip(UInt8(generator.below(8)), of: offset, &generator) }
    #expect(file.rightAnswers > 0 && file.errors > 0)
  }

  @Test func aFlippedNormHidesNothing() throws {
    // A flip of the highest bit of the exponent turns the inverse of a norm below 1 into a NaN, the mark of a vector
    // without a distance.
    let directory = try TemporaryDirectory()
    let index = try HNSWIndex(HNSWConfiguration(dimension: 4))
    try index.add(label: 1, vector: [0.5, 0.5, 0.25, 0.1])
    try index.add(label: 2, vector: [0.25, 0.5, 0.25, 0.1])
    try index.save(to: directory.file("index"))
    let image = FileImage(try directory.bytes("index"))
    let norms = try #require(image.section(.inverseNorms))
    try InPlace.put(image.bytes[norms.offset + 3] ^ 0x40, at: norms.offset + 3, of: directory.file("index"))
    let opened = try HNSWIndex.open(path: directory.file("index"))
    let options = SearchOptions(allow: try opened.view().allowList(labels: [1]))
    expectError(.corruptFile) { try opened.search([1, 1, 1, 1], k: 1, options: options) }
  }
}

/// A file whose bits are flipped one after another and put right again.
private final class FlippedFile {
  let kind: IndexKind
  let image: FileImage
  private let directory: TemporaryDirectory
  private let path: String
  private let sample: SampleIndex
  private let answers: [Result<[Neighbor], VectorIndexError>]
  private(set) var rightAnswers = 0
  private(set) var errors = 0

  init(_ kind: IndexKind) throws {
    self.kind = kind
    directory = try TemporaryDirectory()
    path = directory.file("index")
    sample = try SampleIndex(kind, count: 1_500, dimension: kind.storage == .bit ? 512 : 24)
    try sample.index.save(to: path)
    image = FileImage(try directory.bytes("index"))
    answers = SampleIndex.answers(try HNSWIndex.open(path: path), sample.queries, single: 9)
  }

  func flip(_ bit: UInt8, of offset: Int, _ generator: inout SeededGenerator) throws {
    let original = image.bytes[offset]
    try InPlace.put(original ^ 1 << bit, at: offset, of: path)
    defer { try? InPlace.put(original, at: offset, of: path) }
    let place = "\(kind), bit \(bit) of byte \(offset)"
    let index: HNSWIndex
    do {
      index = try HNSWIndex.open(path: path, loading: generator.oneIn(5) ? .resident : .mapped)
    } catch {
      #expect(error.code == .corruptFile || error.code == .unsupportedFile, "\(place): \(error)")
      errors += 1
      return
    }
    // What comes first decides which blocks have been checked when the next comes.
    if generator.oneIn(4) { try write(index, place) }
    for (found, right) in zip(SampleIndex.answers(index, sample.queries, single: 9), answers) {
      switch found {
      case .success: #expect(found == right, "\(place)")
      case .failure(let error): #expect(error.code == .corruptFile, "\(place): \(error)")
      }
      if case .success = found { rightAnswers += 1 } else { errors += 1 }
    }
    #expect(errorCode { try index.verify() } == .corruptFile, "\(place): verify() finds nothing")
    #expect(errorCode { try index.save(to: self.directory.file("other")) } == .corruptFile, "\(place): it is saved")
    #expect(errorCode { try index.compact() } == .corruptFile, "\(place): it is compacted")
  }

  /// A write that leaves the answers alone: a vector that comes and goes.
  private func write(_ index: HNSWIndex, _ place: String) throws {
    do {
      try index.remove(labels: [999_999])
      if let vector = try index.stored(9) { try index.upsert(labels: [999_999], vectors: [vector]) }
      try index.remove(label: 999_999)
    } catch {
      #expect((error as? VectorIndexError)?.code == .corruptFile, "\(place): \(error)")
    }
  }
}
