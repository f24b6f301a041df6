// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The stores that this process has open: one path is opened once, however many ask for it.
enum StoreRegistry {
  private struct Entry {
    weak var file: StoreFile?
    var collections: [Int64: WeakCollection] = [:]
  }

  private struct WeakCollection { weak var collection: Collection? }

  private static let entries = Lock<[String: Entry]>([:])

  /// The store at a canonical path.
  static func file(path: String, survivesPowerFailure: Bool) -> StoreFile {
    let file = entries.withLock { entries in
      entries = entries.filter { $0.value.file != nil }
      if let file = entries[path]?.file { return file }
      let file = StoreFile(path: path, isTemporary: false, survivesPowerFailure: survivesPowerFailure)
      entries[path] = Entry(file: file)
      return file
    }
    file.require(survivesPowerFailure: survivesPowerFailure)
    return file
  }

  /// A collection of a store; `make` is called where nobody has it open.
  static func collection(of file: StoreFile, id: Int64, make: () -> Collection) -> Collection {
    guard !file.isTemporary else { return make() }
    return entries.withLock { entries in
      if let open = entries[file.paths.database]?.collections[id]?.collection { return open }
      let collection = make()
      entries[file.paths.database]?.collections[id] = WeakCollection(collection: collection)
      return collection
    }
  }
}
