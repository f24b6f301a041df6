// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// Files whose checksums are right and whose contents are wrong: by another program, or by malice. They are refused, or
/// read without harm; a crash or an endless loop is what fails here.
@Suite("Crafted files")
struct CraftedFileTests {
  static let kinds = [
    IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .l2, storage: .float32),
    IndexKind(metric: .hamming, storage: .bit),
  ]
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func image(_ kind: IndexKind) throws -> (FileImage, SampleIndex) {
    let sample = try SampleIndex(kind, count: 400, dimension: 8)
    try sample.index.save(to: directory.file("sound"))
    return (FileImage(try directory.bytes("sound")), sample)
  }

  /// Does everything with a file that can be done; the errors it ends in.
  private func use(
    _ image: FileImage, _ sample: SampleIndex, _ loading: HNSWIndex.Loading
  ) throws -> Set<VectorIndexError.Code> {
    try use(directory.write(image.bytes, to: "crafted"), sample, loading)
  }

  @discardableResult
  private func use(_ path: String, _ sample: SampleIndex, _ loading: HNSWIndex.Loading) throws -> Set<
    VectorIndexError.Code
  > {
    var codes: Set<VectorIndexError.Code> = []
    func attempt(_ body: () throws -> some Any) { errorCode(body).map { _ = codes.insert($0) } }
    let index: HNSWIndex
    do { index = try HNSWIndex.open(path: path, loading: loading) } catch {
      return [error.code]
    }
    for answer in SampleIndex.answers(index, sample.queries, single: 9) {
      if case .failure(let error) = answer { codes.insert(error.code) }
    }
    attempt { try index.statistics() }
    attempt { try index.checkInvariants() }
    attempt { try index.contains(label: 9) }
    attempt { try index.stored(9) }
    attempt { try index.remove(labels: [12, 15]) }
    attempt { try index.upsert(labels: [9, 5_000, 5_001], vectors: sample.queries) }
    attempt { try index.verify() }
    attempt { try index.save(to: directory.file("saved")) }
    attempt { try index.compact() }
    for answer in SampleIndex.answers(index, sample.queries, single: 9) {
      if case .failure(let error) = answer { codes.insert(error.code) }
    }
    return codes
  }

  @Test(arguments: kinds) func numbersOfTheHeader(kind: IndexKind) throws {
    let (sound, sample) = try image(kind)
    for field in FileImage.Field.allCases where field != .checksumHash {
      try useHeaders(sound, sample, at: field.rawValue, width: field.isWide ? 8 : 4)
    }
  }

  @Test(arguments: kinds) func numbersOfTheTableOfSections(kind: IndexKind) throws {
    let (sound, sample) = try image(kind)
    for section in sound.sections.indices {
      for (offset, width) in [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 8), (40, 8)] {
        let at = FileImage.table.start + section * FileImage.table.stride + offset
        try useHeaders(sound, sample, at: at, width: width)
      }
    }
  }

  /// Puts all kinds of values into one place of the header.
  private func useHeaders(_ sound: FileImage, _ sample: SampleIndex, at: Int, width: Int) throws {
    let path = directory.file("sound")
    for value in Self.values(around: FileImage.number(sound.bytes, at, width), wide: width == 8) {
      var image = sound
      image.put(value, at: at, width: width)
      image.sign(headerOnly: true)
      try InPlace.put(image.bytes[..<FileImage.page], at: 0, of: path)
      try use(path, sample, .mapped)
    }
    try InPlace.put(sound.bytes[..<FileImage.page], at: 0, of: path)
  }

  private static func values(around value: UInt64, wide: Bool) -> Set<UInt64> {
    let values: [UInt64] = [
      0, 1, 3, 31, 32, 16_384, 1 << 31, UInt64(Int32.max), 1 << 40, 1 << 63, UInt64(Int64.max), .max, value &+ 1,
      value &- 1, value &* 2, value &+ 16_384,
    ]
    return Set(values.map { wide ? $0 : $0 & 0xFFFF_FFFF }).subtracting([value])
  }

  /// Sections of 32-bit words, with values for them.
  @Test(arguments: kinds, [FileImage.Kind.links, .upperLinks, .upperIndex, .twins])
  func wordsOfTheGraph(kind: IndexKind, section: FileImage.Kind) throws {
    let (sound, sample) = try image(kind)
    let place = try #require(sound.section(section))
    let words = place.records * place.stride / 4
    var generator = SeededGenerator(UInt64(section.rawValue))
    for round in 0..<24 {
      var image = sound
      for _ in 0..<(round < 12 ? 1 : words / 2) {
        let value: UInt64 =
          switch generator.below(round % 3 == 0 ? 5 : 2) {
          case 0: UInt64(generator.below(401))
          case 1: section == .upperIndex ? UInt64(generator.below(4)) << 27 | UInt64(generator.below(60)) : 1
          case 2: 402
          case 3: generator.next() & 0xFFFF_FFFF
          default: 0xFFFF_FFFF
          }
        image.put(value, at: place.offset + 4 * generator.below(words), width: 4)
      }
      image.sign()
      _ = try use(image, sample, HNSWIndex.Loading.allCases[round % 2])
    }
  }

  @Test(arguments: kinds, [FileImage.Kind.links, .upperLinks, .twins])
  func aNeighbourThatDoesNotExistIsFound(kind: IndexKind, section: FileImage.Kind) throws {
    let (sound, _) = try image(kind)
    let place = try #require(sound.section(section))
    for value in [401, 402, 1 << 20, UInt64(Int32.max), 0xFFFF_FFFF] as [UInt64] {
      var image = sound
      image.put(value, at: place.offset + 4 * 30, width: 4)
      image.sign()
      let path = try directory.write(image.bytes, to: "stray")
      expectError(.corruptFile) { try HNSWIndex.open(path: path).verify() }
      expectError(.corruptFile) { try HNSWIndex.open(path: path, loading: .resident) }
    }
  }

  /// Equal vectors hang in chains; one that bites its tail would be followed for ever.
  @Test(arguments: kinds) func chainsWithoutAnEndAreFound(kind: IndexKind) throws {
    let (sound, sample) = try image(kind)
    let place = try #require(sound.section(.twins))
    let next = (0..<place.records).map { Int(FileImage.number(sound.bytes, place.offset + 4 * $0, 4)) - 1 }
    let end = try #require(next.first { $0 >= 0 && next[$0] < 0 })
    var head = end
    while let before = next.firstIndex(of: head) { head = before }
    let middle = next[head]
    // Of one slot, of two, a whole chain whose end is led back, and two chains that meet.
    for links in [[(7, 7)], [(7, 8), (8, 7)], [(end, head)], [(end, middle)], [(7, middle)]] {
      var image = sound
      for (from, to) in links { image.put(UInt64(to + 1), at: place.offset + 4 * from, width: 4) }
      image.sign()
      #expect(try use(image, sample, .mapped) == [.corruptFile])
    }
  }

  @Test(arguments: kinds, FileImage.Kind.allCases) func bytesOfEverySection(kind: IndexKind, section: FileImage.Kind)
    throws
  {
    let (sound, sample) = try image(kind)
    guard let place = sound.section(section), place.records > 0 else { return }
    var generator = SeededGenerator(UInt64(section.rawValue) &* 77)
    for round in 0..<12 {
      var image = sound
      let fill: UInt8? = round < 4 ? [0x00, 0xFF, 0x7F, 0x80][round] : nil
      for at in place.offset..<place.offset + place.records * place.stride where fill != nil || generator.oneIn(4) {
        image.bytes[at] = fill ?? UInt8(generator.below(256))
      }
      image.sign()
      _ = try use(image, sample, HNSWIndex.Loading.allCases[round % 2])
    }
  }

  /// Numbers that no index would have written are refused.
  @Test func numbersThatAreNotFiniteAreFound() throws {
    let (sound, _) = try image(IndexKind(metric: .cosine, storage: .int8))
    for (section, pattern) in [
      (FileImage.Kind.rows, Float.nan.bitPattern), (.rows, Float.infinity.bitPattern),
      (.inverseNorms, Float.infinity.bitPattern), (.inverseNorms, Float(-1).bitPattern),
      (.codeConstants, Float.infinity.bitPattern), (.center, Float.nan.bitPattern),
    ] {
      let place = try #require(sound.section(section))
      var image = sound
      image.put(UInt64(pattern), at: place.offset + 4 * 4, width: 4)
      image.sign()
      let path = try directory.write(image.bytes, to: "nan")
      expectError(.corruptFile) { try HNSWIndex.open(path: path).verify() }
    }
  }
}
