// SPDX-License-Identifier: Apache-2.0

/// The statements that a connection keeps prepared, by text and types of the values.
struct StatementCache {
  struct Key: Hashable, Sendable {
    let text: String
    let types: [UInt32]
    /// Made once: a text has hundreds of bytes, and is looked up for each time that it is sent.
    private let hash: Int

    init(_ statement: PGStatement) {
      text = statement.text
      types = statement.parameters.map(\.type)
      var hasher = Hasher()
      hasher.combine(text)
      hasher.combine(types)
      hash = hasher.finalize()
    }

    static func == (one: Key, other: Key) -> Bool {
      one.hash == other.hash && one.text == other.text && one.types == other.types
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
  }

  private struct Entry {
    let name: String
    var lastUse: UInt64
  }

  private let limit: Int
  private var entries: [Key: Entry] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0
  /// Names that the server still holds, to be deallocated when that can't disturb a transaction.
  private(set) var evicted: [String] = []

  init(limit: Int) { self.limit = max(limit, 1) }

  var count: Int { entries.count }

  /// The name of a statement that is prepared.
  mutating func name(of key: Key) -> String? {
    uses += 1
    guard let place = entries.index(forKey: key) else { return nil }
    entries.values[place].lastUse = uses
    return entries.values[place].name
  }

  /// A name that the connection has not used yet.
  mutating func newName() -> String {
    names += 1
    return "vs_\(names)"
  }

  /// Remembers a statement that the server has prepared; the one unused for longest goes when there are too many.
  mutating func insert(_ key: Key, name: String) {
    uses += 1
    entries[key] = Entry(name: name, lastUse: uses)
    guard entries.count > limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
    entries[oldest.key] = nil
    evicted.append(oldest.value.name)
  }

  /// Forgets all, of which the server may hold some still.
  mutating func evictAll() {
    evicted += entries.values.map(\.name)
    entries = [:]
  }

  /// Forgets all: the server has none of them any more.
  mutating func forgetAll() {
    entries = [:]
    evicted = []
  }

  /// The names to deallocate now.
  mutating func takeEvicted() -> [String] {
    defer { evicted = [] }
    return evicted
  }
}
