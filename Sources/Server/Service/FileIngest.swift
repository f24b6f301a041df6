// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// Takes a file into a store: reads its text, cuts it into passages, and puts them in the place of what an earlier file of
/// its name left.
///
/// The command `vectorstore serve` has one that reads what `vectorstore ingest` reads. A failure in the report, or
/// ``VectorStoreError/Code/invalidRow``, tells why a file cannot be read.
///
/// - Parameters:
///   - name: what the file is called; never a path on this machine that is to be opened.
///   - bytes: what is in it.
public typealias FileIngest =
  @Sendable (
    _ store: VectorStore, _ name: String, _ bytes: [UInt8]
  ) async throws -> SyncReport
