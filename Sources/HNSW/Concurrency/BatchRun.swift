// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Spreads the items of a batch over threads, each taking the next item when it is free.
enum BatchRun {
  /// Calls `body` for 0 ..< `count` and returns the results in order.
  ///
  /// The first error in the order of the items is thrown, after all threads have stopped.
  static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) throws(VectorIndexError) -> Result
  ) throws(VectorIndexError) -> [Result] {
    guard threads > 1, count > 1 else {
      var results: [Result] = []
      results.reserveCapacity(count)
      for index in 0..<count { results.append(try body(index)) }
      return results
    }
    let results = Lock([Result?](repeating: nil, count: count))
    try forEach(count, threads: threads) { (index, _) throws(VectorIndexError) in
      let result = try body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Calls `body` with each item of 0 ..< `count` and the number of the worker that takes it.
  ///
  /// After an error no further item is begun; the error of the first item that failed is thrown.
  static func forEach(
    _ count: Int, threads: Int,
    _ body: @escaping @Sendable (_ item: Int, _ worker: Int) throws(VectorIndexError) -> Void
  ) throws(VectorIndexError) {
    let workers = max(1, min(threads, count))
    let failure = Lock<(item: Int, error: VectorIndexError)?>(nil)
    let cursor = Cursor()
    ThreadTeam.run(workers) { worker in
      while true {
        let item = cursor.next.add(1, ordering: .relaxed).oldValue
        guard item < count, !cursor.failed.load(ordering: .relaxed) else { return }
        do throws(VectorIndexError) {
          try body(item, worker)
        } catch {
          cursor.failed.store(true, ordering: .relaxed)
          failure.withLock { if $0.map({ item < $0.item }) ?? true { $0 = (item, error) } }
        }
      }
    }
    if let error = failure.withLock({ $0?.error }) { throw error }
  }

  private final class Cursor: Sendable {
    let next = Atomic(0)
    let failed = Atomic(false)
  }
}
