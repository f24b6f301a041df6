// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Errors of SQLite and of the index in the store's terms.
enum StoreErrors {
  /// Runs `body`; what it throws becomes a ``VectorStoreError`` or stays a `CancellationError`.
  static func translating<Result>(_ paths: StorePaths, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as VectorStoreError {
      throw error
    } catch let error as DatabaseError {
      throw translated(error, paths)
    } catch let error as VectorIndexError {
      throw translated(error)
    } catch let error where error is CancellationError || error is DamagedIndex {
      throw error
    } catch {
      throw VectorStoreError(.backend, "\(error)")
    }
  }

  static func translated(_ error: DatabaseError, _ paths: StorePaths) -> VectorStoreError {
    let path = paths.database
    let words = error.message ?? "\(error.extendedResultCode)"
    switch error.resultCode {
    case .SQLITE_FULL:
      return VectorStoreError(
        .io, "the disk of \(path) is full; nothing of this call was written. Free some space and try again")
    case .SQLITE_NOTADB:
      return VectorStoreError(.schemaMismatch, "\(path) is no SQLite database, so it is no store")
    case .SQLITE_CORRUPT:
      return VectorStoreError(
        .corrupt,
        "the database \(path) is damaged (\(words)). 'verify' says where; restore a backup, or export what is readable"
      )
    case .SQLITE_READONLY, .SQLITE_PERM:
      return VectorStoreError(
        .readOnly, "\(path) cannot be written (\(words)); check the permissions of it and its folder")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return VectorStoreError(.busy, "another program holds the database \(path); try again when it is done")
    case .SQLITE_CANTOPEN:
      return VectorStoreError(
        .io, "\(path) cannot be opened (\(words)); check that its folder is there and may be read and written")
    case .SQLITE_IOERR:
      return VectorStoreError(
        .io, "the system refused to read or write \(path) (\(error.extendedResultCode), \(words))")
    case .SQLITE_TOOBIG:
      return VectorStoreError(.invalidRow, "a text or vector is larger than SQLite takes, 1,000,000,000 bytes")
    case .SQLITE_INTERRUPT:
      return VectorStoreError(.backend, "the call was interrupted")
    default:
      return VectorStoreError(.backend, "SQLite refused (\(error.extendedResultCode)): \(words)")
    }
  }

  static func translated(_ error: VectorIndexError) -> VectorStoreError {
    switch error.code {
    case .dimensionMismatch: VectorStoreError(.dimensionMismatch, error.message)
    case .zeroNormQuery: VectorStoreError(.zeroNormQuery, error.message)
    case .invalidArgument, .notFinite, .invalidDimension, .metricMismatch:
      VectorStoreError(.invalidArgument, error.message)
    case .corruptFile, .unsupportedFile: VectorStoreError(.corrupt, error.message)
    case .io: VectorStoreError(.io, error.message)
    default: VectorStoreError(.backend, error.message)
    }
  }
}
