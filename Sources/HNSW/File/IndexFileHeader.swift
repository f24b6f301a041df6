// SPDX-License-Identifier: Apache-2.0

/// The first page of an index file.
///
/// All numbers are little-endian. The page is 16 KiB; its last 8 bytes are the hash of the others. After it come the
/// sections, each from a multiple of 16 KiB on and as the memory has them, then the checksums of their blocks, 8 bytes
/// each, section by section.
struct IndexFileHeader: Equatable {
  /// Alignment of everything in the file: the largest page of the platforms on which files are mapped.
  static let pageBytes = 16_384
  static let version: UInt32 = 1
  /// "HNSWindx" in memory order.
  static let magic: UInt64 = 0x7864_6E69_5753_4E48
  private static let sectionBytes = 48
  private static let fixedBytes = 128
  static let sectionLimit = (pageBytes - fixedBytes - 8) / sectionBytes

  struct SectionEntry: Equatable {
    var kind: SectionKind
    var stride: Int
    var records: Int
    var offset: Int
    /// Bytes in the file, up to the next section.
    var byteCount: Int
    var blockShift: Int

    var blocks: Int { records == 0 ? 0 : ((records - 1) >> blockShift) + 1 }
  }

  var configuration: HNSWConfiguration
  var changeNumber: UInt64
  var slotCount: Int
  var liveCount: Int
  var upperCount: Int
  var calibratedCount: Int
  var entry: Graph.Entry?
  var fileBytes: Int
  var checksumOffset: Int
  var checksumHash: UInt64
  var sections: [SectionEntry]

  /// Records in a block, as a power of two: blocks are of at most 64 KiB, or one record.
  static func blockShift(stride: Int) -> Int {
    var shift = 0
    while stride << (shift + 1) <= 65_536 { shift += 1 }
    return shift
  }

  // MARK: Bytes

  func encoded() -> [UInt8] {
    var page = ByteWriter(count: Self.pageBytes)
    page.append(Self.magic)
    page.append(Self.version)
    page.append(UInt32(Self.pageBytes))
    page.append(UInt32(Metric.allCases.firstIndex(of: configuration.metric) ?? 0))
    page.append(UInt32(HNSWConfiguration.Storage.allCases.firstIndex(of: configuration.storage) ?? 0))
    page.append(UInt32(configuration.dimension))
    page.append(UInt32(configuration.m))
    page.append(UInt32(configuration.efConstruction))
    page.append(UInt32(sections.count))
    page.append(configuration.seed)
    page.append(changeNumber)
    page.append(UInt64(slotCount))
    page.append(UInt64(liveCount))
    page.append(UInt64(upperCount))
    page.append(UInt64(calibratedCount))
    page.append(entry.map { UInt64($0.slot) + 1 } ?? 0)
    page.append(entry.map { UInt64($0.level) } ?? 0)
    page.append(UInt64(fileBytes))
    page.append(UInt64(checksumOffset))
    page.append(checksumHash)
    for section in sections {
      page.append(section.kind.rawValue)
      page.append(UInt32(section.blockShift))
      page.append(UInt64(section.stride))
      page.append(UInt64(section.records))
      page.append(UInt64(section.offset))
      page.append(UInt64(section.byteCount))
      page.append(UInt64(0))
    }
    return page.finished()
  }

  /// Reads a header and checks that what it says is possible in a file of `fileBytes` bytes.
  init(_ page: [UInt8], fileBytes actualBytes: Int, path: String) throws(VectorIndexError) {
    func corrupt(_ what: String) -> VectorIndexError {
      VectorIndexError(.corruptFile, "\(path) is damaged: \(what); rebuild the index from its rows")
    }
    var reader = ByteReader(page)
    guard page.count == Self.pageBytes, reader.next(UInt64.self) == Self.magic else {
      throw VectorIndexError(.unsupportedFile, "\(path) is not an HNSW index file")
    }
    let version = reader.next(UInt32.self)
    guard version == Self.version else {
      throw VectorIndexError(
        .unsupportedFile, "\(path) is of version \(version); this release reads version \(Self.version)")
    }
    guard ByteReader.hash(page) == ByteReader.storedHash(page) else {
      throw corrupt("its header does not have its checksum")
    }
    guard reader.next(UInt32.self) == UInt32(Self.pageBytes) else { throw corrupt("its page size is unknown") }
    let metrics = Metric.allCases
    let storages = HNSWConfiguration.Storage.allCases
    let (metric, storage) = (Int(reader.next(UInt32.self)), Int(reader.next(UInt32.self)))
    guard metrics.indices.contains(metric), storages.indices.contains(storage) else {
      throw corrupt("its metric or storage is unknown")
    }
    let dimension = Int(reader.next(UInt32.self))
    let m = Int(reader.next(UInt32.self))
    let efConstruction = Int(reader.next(UInt32.self))
    let sectionCount = Int(reader.next(UInt32.self))
    let seed = reader.next(UInt64.self)
    configuration = HNSWConfiguration(
      dimension: dimension, metric: metrics[metric], storage: storages[storage], m: m,
      efConstruction: efConstruction, seed: seed)
    do { try configuration.validate() } catch { throw corrupt(error.message) }
    changeNumber = reader.next(UInt64.self)
    let counts = (0..<4).map { _ in reader.next(UInt64.self) }
    let (entrySlot, entryLevel) = (reader.next(UInt64.self), reader.next(UInt64.self))
    let sizes = (0..<2).map { _ in reader.next(UInt64.self) }
    checksumHash = reader.next(UInt64.self)
    guard counts[0] < UInt64(DistanceKey.slotLimit), counts[1] <= counts[0],
      counts[2] <= counts[0] &* UInt64(Graph.levelLimit), counts[3] <= UInt64(Int32.max)
    else { throw corrupt("its counts are impossible") }
    slotCount = Int(counts[0])
    liveCount = Int(counts[1])
    upperCount = Int(counts[2])
    calibratedCount = Int(counts[3])
    guard entrySlot <= counts[0], entryLevel < UInt64(Graph.levelLimit) else {
      throw corrupt("its entry is impossible")
    }
    entry = entrySlot == 0 ? nil : Graph.Entry(slot: UInt32(entrySlot - 1), level: Int(entryLevel))
    guard sizes[0] == UInt64(actualBytes) else {
      throw corrupt("it has \(actualBytes) bytes and should have \(sizes[0])")
    }
    fileBytes = actualBytes
    guard UInt64(Self.pageBytes) <= sizes[1], sizes[1] <= sizes[0], sectionCount <= Self.sectionLimit else {
      throw corrupt("its layout is impossible")
    }
    checksumOffset = Int(sizes[1])

    sections = []
    var end = Self.pageBytes
    for _ in 0..<sectionCount {
      let kind = reader.next(UInt32.self)
      let shift = reader.next(UInt32.self)
      let (stride, records) = (reader.next(UInt64.self), reader.next(UInt64.self))
      let (offset, byteCount) = (reader.next(UInt64.self), reader.next(UInt64.self))
      _ = reader.next(UInt64.self)
      guard let kind = SectionKind(rawValue: kind), shift < 32, stride > 0,
        offset == UInt64(end), byteCount <= UInt64(checksumOffset - end),
        byteCount % UInt64(Self.pageBytes) == 0,
        records <= UInt64(Int32.max), stride <= UInt64(Int32.max), stride * records <= byteCount,
        !sections.contains(where: { $0.kind == kind })
      else { throw corrupt("its table of sections is impossible") }
      sections.append(
        SectionEntry(
          kind: kind, stride: Int(stride), records: Int(records), offset: Int(offset), byteCount: Int(byteCount),
          blockShift: Int(shift)))
      end += Int(byteCount)
    }
    let blocks = sections.reduce(0) { $0 + $1.blocks }
    guard end == checksumOffset, (actualBytes - checksumOffset) / 8 >= blocks else {
      throw corrupt("its checksums are missing")
    }
  }

  init(
    configuration: HNSWConfiguration, changeNumber: UInt64, slotCount: Int, liveCount: Int, upperCount: Int,
    calibratedCount: Int, entry: Graph.Entry?
  ) {
    self.configuration = configuration
    self.changeNumber = changeNumber
    self.slotCount = slotCount
    self.liveCount = liveCount
    self.upperCount = upperCount
    self.calibratedCount = calibratedCount
    self.entry = entry
    fileBytes = 0
    checksumOffset = 0
    checksumHash = 0
    sections = []
  }
}
