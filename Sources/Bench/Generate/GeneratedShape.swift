// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How generated vectors are distributed.
package enum GeneratedShape: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// Many clusters, each spread along a few directions, as embeddings are.
  case clustered
  /// Every value from −1 to 1, as likely as another: the hardest for an index.
  case uniform
  /// Directions as likely as others, of length 1.
  case unit
  /// A clustered base, and queries from other clusters, between them: as queries of another kind of text or picture are.
  case ood
}
