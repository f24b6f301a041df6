// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LocalBackend
import Testing
import VectorStoreCore

/// Paths that hold something other than a store: refused, and left as they are.
@Suite struct ForeignFileTests {
  private func openings(_ path: String) async -> [VectorStoreError.Code?] {
    var codes: [VectorStoreError.Code?] = []
    for access in [OpenOptions.Access.createIfMissing, .existing, .readOnly] {
      codes.append(
        await errorCode {
          _ = try await LocalBackend.open(StoreURL(path), options: OpenOptions(access: access))
        })
    }
    return codes
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  @Test func databaseOfANewerVersion() async throws {
    var sample = try SampleStore()
    try await sample.fill(5)
    let database = try DatabaseQueue(path: sample.path)
    try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
    try database.close()
    let before = try bytes(sample.path)
    #expect(await openings(sample.path) == [.schemaMismatch, .schemaMismatch, .schemaMismatch])
    #expect(try bytes(sample.path) == before)
  }

  @Test func databaseOfAnotherProgram() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("other.db")
    let database = try DatabaseQueue(path: path)
    try await database.write { try $0.execute(sql: "CREATE TABLE other (id INTEGER); INSERT INTO other VALUES (1)") }
    try database.close()
    let before = try bytes(path)
    #expect(await openings(path) == [.schemaMismatch, .schemaMismatch, .schemaMismatch])
    #expect(try bytes(path) == before)
  }

  @Test(arguments: [1, 20, 99, 100, 511, 512, 5_000])
  func noDatabase(_ size: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("notes.txt")
    try Data(String(repeating: "Nothing but text. ", count: size / 18 + 1).utf8.prefix(size)).write(
      to: URL(fileURLWithPath: path))
    let before = try bytes(path)
    #expect(await openings(path) == [.schemaMismatch, .schemaMismatch, .schemaMismatch])
    #expect(try bytes(path) == before)
  }

  @Test func emptyFile() async throws {
    var sample = try SampleStore()
    try Data().write(to: URL(fileURLWithPath: sample.path))
    #expect(await errorCode { _ = try await sample.open(OpenOptions(access: .readOnly)) } == .notFound)
    #expect(await errorCode { _ = try await sample.open(sample.existing) } == .notFound)
    let store = try await sample.open()
    try await sample.write(5, to: store)
    try await sample.expectRight(store)
    try await store.close()
  }

  @Test func folders() async throws {
    let folder = try TemporaryFolder()
    #expect(await openings(folder.path) == [.invalidArgument, .invalidArgument, .invalidArgument])
    #expect(await openings(folder.file("not there/store.db")) == [.notFound, .notFound, .notFound])
    #expect(await openings(folder.file("not there/")) == [.notFound, .notFound, .notFound])
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder.file("file")))
    #expect(await openings(folder.file("file/store.db")) == [.notFound, .notFound, .notFound])
  }

  @Test func missingStoreAndCollection() async throws {
    var sample = try SampleStore()
    #expect(await errorCode { _ = try await sample.open(sample.existing) } == .notFound)
    #expect(try FileManager.default.contentsOfDirectory(atPath: sample.folder.path).isEmpty)
    try await sample.fill(3)
    for access in [OpenOptions.Access.existing, .readOnly] {
      let options = OpenOptions(table: "other", access: access)
      #expect(await errorCode { _ = try await sample.open(options) } == .notFound)
    }
  }
}
