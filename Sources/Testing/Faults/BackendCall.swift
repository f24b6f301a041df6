// SPDX-License-Identifier: Apache-2.0

/// The calls of a backend, for counting them and making them fail.
public enum BackendCall: String, Sendable, Hashable, CaseIterable {
  case recordedSpace, record, candidates, get, scroll, count, write, ledger
  case createIndex, dropIndex, rebuildIndex, indexStatus
  case statistics, verify, compact, backup, close
}
