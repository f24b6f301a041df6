// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

extension Session {
  /// Puts a statement into libpq's output: under its name, or whole.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable`` when libpq refuses; the connection is marked broken.
  func send(_ statement: PGStatement, name: String?) throws {
    let count = statement.parameters.count
    scratch.removeAll(keepingCapacity: true)
    // So that the address of an empty value is never nil: libpq takes that for NULL.
    scratch.append(0)
    for parameter in statement.parameters {
      if let bytes = parameter.bytes { scratch += bytes }
    }
    let sent = scratch.withUnsafeBytes { buffer -> Int32 in
      withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: max(count, 1)) { values in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(count, 1)) { lengths in
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(count, 1)) { formats in
            var offset = 1
            for (place, parameter) in statement.parameters.enumerated() {
              let length = parameter.bytes?.count ?? 0
              let address = buffer.baseAddress.map { $0 + offset }?.assumingMemoryBound(to: CChar.self)
              values.initializeElement(at: place, to: parameter.bytes == nil ? nil : address)
              lengths.initializeElement(at: place, to: Int32(length))
              formats.initializeElement(at: place, to: 1)
              offset += length
            }
            if let name {
              return PQsendQueryPrepared(
                handle, name, Int32(count), values.baseAddress, lengths.baseAddress, formats.baseAddress, 1)
            }
            return withUnsafeTemporaryAllocation(of: Oid.self, capacity: max(count, 1)) { types in
              for (place, parameter) in statement.parameters.enumerated() {
                types.initializeElement(at: place, to: parameter.type)
              }
              return PQsendQueryParams(
                handle, statement.text, Int32(count), types.baseAddress, values.baseAddress, lengths.baseAddress,
                formats.baseAddress, 1)
            }
          }
        }
      }
    }
    guard sent == 1 else { throw refused("the statement could not be sent") }
  }

  /// Puts a Parse message into libpq's output.
  func sendPrepare(_ key: StatementCache.Key, name: String) throws {
    guard PQsendPrepare(handle, name, key.text, Int32(key.types.count), key.types) == 1 else {
      throw refused("the statement could not be sent")
    }
  }

  /// Ends the pipeline: the server answers all of it, and ends the implicit transaction.
  func sendSync() throws {
    guard PQpipelineSync(handle) == 1 else { throw refused("the statement could not be sent") }
  }

  /// Refuses, before anything is sent, what libpq would refuse or cut.
  static func check(_ statement: PGStatement) throws {
    guard statement.key != nil || !statement.text.utf8.contains(0) else {
      throw VectorStoreError(.invalidArgument, "a statement must not hold a NUL byte")
    }
    guard statement.parameters.count <= 65_535 else {
      throw VectorStoreError(
        .invalidArgument, "a statement has \(statement.parameters.count) values; PostgreSQL takes 65,535 at most")
    }
    let total = statement.parameters.reduce(0) { $0 + ($1.bytes?.count ?? 0) }
    guard total < 1 << 30 else {
      throw VectorStoreError(
        .invalidArgument, "the values of a statement have \(total) bytes; PostgreSQL takes 1 GiB at most")
    }
  }
}
