// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Opens an index file as the memory of an index.
struct IndexFileReader {
  let path: String
  let loading: HNSWIndex.Loading

  func read() throws(VectorIndexError) -> (header: IndexFileHeader, generation: Generation) {
    let file = try FileDescriptor.openForReading(path)
    let size = try file.size()
    guard size >= IndexFileHeader.pageBytes else {
      throw VectorIndexError(
        size == 0 || size < 8 ? .unsupportedFile : .corruptFile,
        "\(path) has \(size) bytes, fewer than the header of an HNSW index file")
    }
    let page = try bytes(of: file, count: IndexFileHeader.pageBytes, at: 0)
    let header = try IndexFileHeader(page, fileBytes: size, path: path)
    let checksums = try checksums(file, header)

    let factory = GenerationFactory(configuration: header.configuration)
    let empty = try factory.make(minimum: header.slotCount, upperMinimum: header.upperCount)
    empty.graph.upperCount.store(header.upperCount, ordering: .relaxed)
    let layout = SectionLayout(
      empty, slotCount: header.slotCount, hasDead: header.sections.contains { $0.kind == .deaths },
      upperCount: header.upperCount, hasTwins: header.sections.contains { $0.kind == .twins })

    var tracked: [Integrity.Tracked] = []
    for entry in layout.entries {
      guard let section = header.sections.first(where: { $0.kind == entry.kind }),
        section.stride == entry.section.stride, section.records == entry.records
      else { throw corrupt("its \(entry.kind.name) are missing or of another size") }
      guard section.byteCount <= entry.section.region.reservedBytes else {
        throw VectorIndexError(.capacityExceeded, "\(path) is larger than the address space that the system gives")
      }
      try load(section, into: entry.section, from: file)
      tracked.append(
        Integrity.Tracked(
          kind: entry.kind, base: UnsafeRawPointer(entry.section.base), stride: section.stride,
          records: section.records, blockShift: section.blockShift, byteCount: section.byteCount,
          checksums: checksums[entry.kind] ?? []))
    }
    guard header.sections.count == layout.entries.count else { throw corrupt("it has unknown sections") }

    let inspector = FileInspector(space: empty.space, graph: empty.graph, slotCount: header.slotCount)
    let integrity = Integrity(tracked, space: empty.space) { kind, records in
      inspector.defect(in: kind, records: records)
    }
    let generation = Generation(
      space: empty.space, graph: empty.graph, slots: empty.slots, integrity: integrity, contexts: empty.contexts)
    if let entry = header.entry {
      try integrity.touch(.upperIndex, Int(entry.slot))
      guard empty.graph.level(of: Int(entry.slot)) == entry.level else { throw corrupt("its entry has another level") }
    }
    empty.graph.entry = header.entry
    if header.sections.contains(where: { $0.kind == .twins }) {
      try integrity.checkAll([.twins])
      if let defect = inspector.twinDefect() { throw corrupt(defect) }
      empty.graph.hasTwins.store(true, ordering: .releasing)
    }
    try restoreDeaths(header, generation, integrity)
    if loading == .resident { try integrity.checkAll(layout.entries.map(\.kind).filter { $0 != .rows }) }
    if let center = header.sections.first(where: { $0.kind == .center }), center.records > 0 {
      try integrity.checkAll([.center])
    }
    return (header, generation)
  }

  private func restoreDeaths(
    _ header: IndexFileHeader, _ generation: Generation, _ integrity: Integrity
  ) throws(VectorIndexError) {
    var dead = 0
    if header.sections.contains(where: { $0.kind == .deaths }) {
      try integrity.checkAll([.deaths])
      for slot in 0..<header.slotCount where generation.slots.death(slot) != 0 {
        guard generation.slots.death(slot) <= header.changeNumber else {
          throw corrupt("slot \(slot) died after the last change")
        }
        generation.slots.mark(slot)
        dead += 1
      }
    }
    guard header.slotCount - dead == header.liveCount else { throw corrupt("its count of vectors is wrong") }
  }

  private func load(
    _ section: IndexFileHeader.SectionEntry, into target: Section, from file: borrowing FileDescriptor
  ) throws(VectorIndexError) {
    let canMap = IndexFileHeader.pageBytes % systemPageSize == 0
    if canMap, loading == .mapped || section.kind == .rows {
      try target.region.mapFile(descriptor: file.number, offset: section.offset, count: section.byteCount)
      target.region.adviseRandomAccess()
    } else {
      target.region.adviseHugePages(used: section.byteCount)
      try file.read(into: target.base, count: section.byteCount, at: section.offset)
    }
  }

  private func checksums(
    _ file: borrowing FileDescriptor, _ header: IndexFileHeader
  ) throws(VectorIndexError) -> [SectionKind: [UInt64]] {
    let table = try bytes(of: file, count: header.fileBytes - header.checksumOffset, at: header.checksumOffset)
    let hash = table.withUnsafeBytes { bytes in bytes.baseAddress.map { XXH64.hash($0, count: bytes.count) } ?? 0 }
    guard table.isEmpty || hash == header.checksumHash else { throw corrupt("its table of checksums is not whole") }
    var result: [SectionKind: [UInt64]] = [:]
    var first = 0
    table.withUnsafeBytes { bytes in
      for section in header.sections {
        result[section.kind] = (first..<first + section.blocks).map {
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
        }
        first += section.blocks
      }
    }
    return result
  }

  private func bytes(
    of file: borrowing FileDescriptor, count: Int, at offset: Int
  ) throws(VectorIndexError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard count > 0 else { return bytes }
    var failure: VectorIndexError?
    bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(VectorIndexError) { try file.read(into: base, count: count, at: offset) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  private func corrupt(_ what: String) -> VectorIndexError {
    VectorIndexError(.corruptFile, "\(path) is damaged: \(what); rebuild the index from its rows")
  }
}
