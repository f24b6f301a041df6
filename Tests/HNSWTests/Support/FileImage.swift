// SPDX-License-Identifier: Apache-2.0

/// The bytes of an index file, taken apart by the format's description, and signed again after a change.
struct FileImage: Sendable {
  enum Kind: UInt32, CaseIterable, Sendable {
    case rows = 1, inverseNorms, codes, codeConstants, center, links, upperIndex, upperLinks, labels, deaths, twins
  }

  struct Section: Sendable {
    let kind: Kind?
    let shift: Int
    let stride: Int
    let records: Int
    let offset: Int
    let byteCount: Int
    var blocks: Int { records == 0 ? 0 : ((records - 1) >> shift) + 1 }
  }

  static let page = 16_384
  /// Where the header's numbers stand, with their widths.
  enum Field: Int, CaseIterable, Sendable {
    case magic = 0, version = 8, pageBytes = 12, metric = 16, storage = 20, dimension = 24, m = 28, efConstruction = 32
    case sectionCount = 36, seed = 40, change = 48, slotCount = 56, liveCount = 64, upperCount = 72, calibrated = 80
    case entrySlot = 88, entryLevel = 96, fileBytes = 104, checksumOffset = 112, checksumHash = 120
    var isWide: Bool { self == .magic || rawValue >= Field.seed.rawValue }
  }
  /// The table of sections: where it begins, and the bytes of an entry.
  static let table = (start: 128, stride: 48)

  var bytes: [UInt8]
  /// As the file came: a changed header does not change where things are.
  let sections: [Section]
  private let checksumOffset: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    checksumOffset = Int(Self.number(bytes, Field.checksumOffset.rawValue, 8))
    sections = (0..<Int(Self.number(bytes, Field.sectionCount.rawValue, 4))).map { index in
      let at = Self.table.start + index * Self.table.stride
      return Section(
        kind: Kind(rawValue: UInt32(Self.number(bytes, at, 4))), shift: Int(Self.number(bytes, at + 4, 4)),
        stride: Int(Self.number(bytes, at + 8, 8)), records: Int(Self.number(bytes, at + 16, 8)),
        offset: Int(Self.number(bytes, at + 24, 8)), byteCount: Int(Self.number(bytes, at + 32, 8)))
    }
  }

  func section(_ kind: Kind) -> Section? { sections.first { $0.kind == kind } }

  static func number(_ bytes: [UInt8], _ at: Int, _ width: Int) -> UInt64 {
    (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
  }

  mutating func put(_ value: UInt64, at: Int, width: Int) {
    for index in 0..<width { bytes[at + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
  }

  subscript(field: Field) -> UInt64 {
    get { Self.number(bytes, field.rawValue, field.isWide ? 8 : 4) }
    set { put(newValue, at: field.rawValue, width: field.isWide ? 8 : 4) }
  }

  /// Makes every checksum right again: those of the blocks, of their table and of the header.
  mutating func sign(headerOnly: Bool = false) {
    if !headerOnly {
      var at = checksumOffset
      for section in sections {
        for block in 0..<section.blocks {
          let first = section.offset + (block << section.shift) * section.stride
          let next = section.offset + ((block + 1) << section.shift) * section.stride
          let end = block == section.blocks - 1 ? section.offset + section.byteCount : next
          put(XXHash64.hash(bytes[first..<end]), at: at, width: 8)
          at += 8
        }
      }
      self[.checksumHash] = XXHash64.hash(bytes[checksumOffset...])
    }
    put(XXHash64.hash(bytes[0..<Self.page - 8]), at: Self.page - 8, width: 8)
  }
}
