// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What is measured.
enum IndexKind: String, CaseIterable, ExpressibleByArgument {
  case hnsw
  case exact
}
