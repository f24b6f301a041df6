// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The calls so far and the faults to come.
final class FaultLog: Sendable {
  private struct Entry {
    let fault: BackendFault
    let first: Int
    let isLasting: Bool
  }

  private struct State {
    var counts: [BackendCall: Int] = [:]
    var entries: [BackendCall: [Entry]] = [:]
  }

  private let state = Mutex(State())

  func add(_ fault: BackendFault, at call: BackendCall, number: Int, isLasting: Bool) {
    state.withLock { state in
      let first = state.counts[call, default: 0] + number
      state.entries[call, default: []].append(Entry(fault: fault, first: first, isLasting: isLasting))
    }
  }

  func removeAll() { state.withLock { $0.entries = [:] } }

  func count(of call: BackendCall) -> Int { state.withLock { $0.counts[call, default: 0] } }

  /// Counts a call; what goes wrong with it.
  func begin(_ call: BackendCall) -> BackendFault? {
    state.withLock { state in
      let number = state.counts[call, default: 0] + 1
      state.counts[call] = number
      return state.entries[call]?.first { $0.isLasting ? number >= $0.first : number == $0.first }?.fault
    }
  }
}
