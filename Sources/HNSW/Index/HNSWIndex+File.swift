// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension HNSWIndex {
  /// Where the data of an opened index lives.
  public enum Loading: Sendable, Hashable, CaseIterable {
    /// In the page cache: opening takes milliseconds at any size, and memory is taken by what searches touch.
    case mapped
    /// In memory of its own, on huge pages where the system has them, checked when it is opened; only the full rows
    /// stay in the file. Slower to open, faster to search.
    case resident
  }

  /// Opens an index file, for reading and for further writes, which stay in memory until they are saved.
  ///
  /// The file must not be changed in place while it is open; ``save(to:)`` replaces it.
  ///
  /// - Throws: ``VectorIndexError/Code/unsupportedFile`` for a file of another kind or version,
  ///   ``VectorIndexError/Code/corruptFile`` for a truncated or damaged one. Damage in blocks that opening does not read
  ///   is thrown by the search that first touches them, and by ``verify()``.
  public static func open(path: String, loading: Loading = .mapped) throws(VectorIndexError) -> HNSWIndex {
    let (header, generation) = try IndexFileReader(path: path, loading: loading).read()
    let moment = Moment(
      generation: generation, change: header.changeNumber, slotCount: header.slotCount, liveCount: header.liveCount)
    return HNSWIndex(header.configuration, moment, calibratedCount: header.calibratedCount)
  }

  /// Writes the index to a file, which takes the place of an older one in one step once it is on the disk.
  ///
  /// Searches go on; writes wait. Removed vectors that are still in the graph are saved too: ``compact(threads:)`` first
  /// if there are many.
  ///
  /// - Throws: ``VectorIndexError/Code/io`` where the system refuses; an older file is then untouched.
  public func save(to path: String) throws(VectorIndexError) {
    try writer.withLock { (state) throws(VectorIndexError) in
      let moment = moment
      try moment.generation.integrity?.checkAll(SectionKind.allCases)
      let graph = moment.generation.graph
      if state.linkedSinceRepair > 0 {
        // Whoever opens the file takes all of it to be reachable.
        let builder = GraphBuilder(
          graph: graph, space: moment.generation.space, seed: configuration.seed,
          efConstruction: configuration.efConstruction, limit: moment.slotCount, entryLock: state.entryLock)
        try builder.repair(slotCount: moment.slotCount, contexts: moment.generation.contexts)
        state.linkedSinceRepair = 0
      }
      let header = IndexFileHeader(
        configuration: configuration, changeNumber: moment.change, slotCount: moment.slotCount,
        liveCount: moment.liveCount, upperCount: graph.upperCount.load(ordering: .acquiring),
        calibratedCount: state.calibratedCount, entry: graph.entry)
      try IndexFileWriter(path: path).write(moment, header: header)
    }
  }

  /// Checks every block of the file that the index was opened from.
  ///
  /// - Throws: ``VectorIndexError/Code/corruptFile`` naming the first block that is damaged.
  public func verify() throws(VectorIndexError) {
    try moment.generation.integrity?.checkAll(SectionKind.allCases)
  }

  /// Gives the memory of the full rows that searches have read from the file back to the system; they are read again
  /// when they are needed.
  ///
  /// Of use where codes are walked and rows only rank results. Without effect on an index that was not opened from a
  /// file.
  public func releaseRows() {
    writer.withLock { _ in
      let space = moment.generation.space
      guard let full = space as? Float32Space ?? (space as? CodedSpace)?.full else { return }
      full.rows.region.dropCleanPages()
    }
  }
}
