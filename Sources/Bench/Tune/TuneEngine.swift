// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What parameters are looked for.
enum TuneEngine: String, CaseIterable, ExpressibleByArgument, Sendable {
  case swift
  case pgvector
}
