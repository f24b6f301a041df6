// SPDX-License-Identifier: Apache-2.0

/// The store's ledger in memory, as it will be when the run's writes are done.
struct SyncLedger {
  private var entries: [ByteKey: LedgerEntry] = [:]
  private var idsOfSource: [ByteKey: Set<ByteKey>] = [:]
  /// The latest document with a text; it may have another text by now, or be gone.
  private var idOfText: [String: String] = [:]

  init(_ entries: [LedgerEntry]) {
    for entry in entries { record(entry) }
  }

  subscript(id: String) -> LedgerEntry? { entries[ByteKey(id)] }

  /// A document that had this text when it was written.
  func id(ofText hash: String) -> String? { idOfText[hash] }

  /// The documents of a source, in the order of their bytes.
  func ids(of source: String) -> [String] {
    (idsOfSource[ByteKey(source)] ?? []).map { $0.text }.sorted { ByteOrder.precedes($0, $1) }
  }

  /// All sources, in the order of their bytes.
  var sources: [String] { idsOfSource.keys.map { $0.text }.sorted { ByteOrder.precedes($0, $1) } }

  mutating func record(_ entry: LedgerEntry) {
    forget(entry.id)
    entries[ByteKey(entry.id)] = entry
    idsOfSource[ByteKey(entry.source), default: []].insert(ByteKey(entry.id))
    idOfText[entry.textHash] = entry.id
  }

  mutating func forget(_ id: String) {
    guard let old = entries.removeValue(forKey: ByteKey(id)) else { return }
    idsOfSource[ByteKey(old.source)]?.remove(ByteKey(id))
  }
}
