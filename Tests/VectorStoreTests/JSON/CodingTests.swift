// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore

@Suite struct CodingTests {
  struct Book: Codable, Equatable {
    enum Kind: String, Codable { case novel, essay }
    struct Author: Codable, Equatable {
      var name: String
      var born: Int?
    }
    var title: String
    var year: Int
    var rating: Double
    var weight: Float
    var big: UInt64
    var kind: Kind
    var authors: [Author]
    var added: Date
    var link: URL
    var cover: Data
    var extra: JSONValue
    var tags: [String: Int]
  }

  let book = Book(
    title: "红楼梦", year: 1791, rating: 5, weight: 0.1, big: .max, kind: .novel,
    authors: [.init(name: "曹雪芹", born: nil), .init(name: "高鹗", born: 1738)],
    added: Date(timeIntervalSince1970: 1_709_208_000.25), link: URL(fileURLWithPath: "/tmp/a"), cover: Data([1, 2, 3]),
    extra: ["x": [1, 1.0, .null]], tags: ["a": 1])

  @Test func roundTripsThroughADocument() throws {
    let document = try Document(content: "text", encoding: book)
    #expect(document.metadata["rating"] == 5.0)
    #expect(document.metadata["weight"] == 0.1)
    #expect(document.metadata["added"] == "2024-02-29T12:00:00.250Z")
    #expect(try document.metadata["big"]?.serialized() == "18446744073709551615")
    #expect(document.metadata.keys.first == "title")
    #expect(try document.metadata(as: Book.self) == book)
  }

  @Test func namesThePathOfWhatDoesNotFit() throws {
    var metadata = try Document(content: "", encoding: book).metadata
    metadata["authors"] = [["name": "a"], ["name": 5]]
    let document = Document(content: "", metadata: metadata)
    #expect { try document.metadata(as: Book.self) } throws: {
      ($0 as? VectorStoreError)?.code == .decodingFailed
        && ($0 as? VectorStoreError)?.context[.path] == "authors[1].name"
    }
  }

  @Test func numbersDoNotChangeTheirKind() {
    #expect(throws: VectorStoreError.self) { try JSONValue.double(1).decode(Int.self) }
    #expect(throws: VectorStoreError.self) { try JSONValue.integer(1).decode(Bool.self) }
    #expect(throws: VectorStoreError.self) { try JSONValue.integer(300).decode(UInt8.self) }
    #expect(throws: VectorStoreError.self) { try JSONValue.integer(9_007_199_254_740_993).decode(Double.self) }
    #expect((try? JSONValue.integer(5).decode(Double.self)) == 5)
    #expect(throws: VectorStoreError.self) { try JSONValue(encoding: [Double.nan]) }
    #expect(throws: VectorStoreError.self) { try Document(content: "", encoding: [1]) }
  }

  @Test func otherCodersCarryIt() throws {
    let value: JSONValue = ["a": [1, 2.5, "x", .null, true], "b": [:]]
    #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value)) == value)
  }
}
