// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Who decides whether the vector index is used.
enum PlannerChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// Other ways are made dear, and a search that does not use the index is an error.
  case index
  /// PostgreSQL's planner. A point for which it does not use the index is marked.
  case free
}
