// SPDX-License-Identifier: Apache-2.0

/// Thrown by a search that touched a damaged block of the index file: the search is made again without the index.
struct DamagedIndex: Error {
  let loaded: LoadedIndex
}
