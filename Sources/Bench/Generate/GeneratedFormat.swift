// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Formats that vectors are written in.
enum GeneratedFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case fvecs
  case fbin
  case npy
}
