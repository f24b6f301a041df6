// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct JSONTests {
  @Test(
    arguments: [
      ("1", JSONValue.integer(1)), ("1.0", .double(1)), ("-0", .double(-0.0)), ("1e2", .double(100)),
      ("1.00", .double(1)),
      ("9007199254740993", .integer(9_007_199_254_740_993)), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("0.1", .double(0.1)), ("5e-324", .double(.leastNonzeroMagnitude)),
      (#""\u0041\ud83d\ude00\/\n""#, "A\u{1F600}/\n"), ("[ ]", []), (" {\n\t} \r", [:]), ("null", .null),
      (#"{"a":[1,{"b":true}]}"#, ["a": [1, ["b": true]]]),
    ] as [(String, JSONValue)])
  func reads(_ text: String, _ value: JSONValue) throws { #expect(try JSONValue(parsing: text) == value) }

  @Test(arguments: [
    "18446744073709551616", "1e400", "1e-400", "0.10000000000000000555", "9007199254740993.0", "-9223372036854775809",
    "1e99999999999999999999999",
  ])
  func keepsLiterals(_ text: String) throws {
    let value = try JSONValue(parsing: text)
    guard case .number(let number) = value else {
      Issue.record("\(value) is no literal")
      return
    }
    #expect(number.literal == text)
    #expect(try value.serialized() == text)
  }

  @Test(arguments: ["1.0", "1", "-0.0", "0.1", "1e+300", "123456789.25", "9007199254740993"])
  func writesAsRead(_ text: String) throws { #expect(try JSONValue(parsing: text).serialized() == text) }

  @Test(arguments: [
    "", " ", "01", "-", "1.", ".5", "1e", "+1", "NaN", "tru", "truex", "[1,]", "[1 2]", "[", "{", #"{"a"}"#, #"{"a":}"#,
    #"{"a":1,}"#, "{a:1}", #"{1:1}"#, #"""#,
    #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, #""\ud800x""#, "\"\n\"", "\"\u{1}\"", "1 1",
    "\u{FEFF}1", "'a'", "//", "[1]]", "-a", "1.e1",
  ])
  func refuses(_ text: String) {
    #expect { try JSONValue(parsing: text) } throws: { ($0 as? VectorStoreError)?.code == .invalidJSON }
  }

  @Test func namesThePosition() {
    #expect { try JSONValue(parsing: "{\n  \"a\": x}") } throws: { error in
      let context = (error as? VectorStoreError)?.context
      return context?[.line] == "2" && context?[.column] == "8" && context?[.offset] == "9"
    }
  }

  @Test func limitsDepth() throws {
    let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    let value = try JSONValue(parsing: deep)
    #expect(try value.serialized() == deep)
    #expect(throws: VectorStoreError.self) { try JSONValue(parsing: "[" + deep + "]") }
    #expect(throws: VectorStoreError.self) { try JSONValue.array([value]).serialized() }
    #expect(throws: VectorStoreError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
  }

  @Test func repeatedKeys() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#).serialized() == #"{"a":3,"b":2}"#)
    #expect(throws: VectorStoreError.self) {
      try JSONValue(parsing: #"{"a":1,"a":3}"#, options: .init(duplicateKeys: .reject))
    }
    // Canonically equivalent keys are two keys.
    #expect(
      try JSONValue(parsing: "{\"é\":1,\"e\u{301}\":2}", options: .init(duplicateKeys: .reject)).objectValue?.count == 2
    )
  }

  @Test func refusesBytesThatAreNotUTF8() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
      #expect(throws: VectorStoreError.self) { try JSONValue(parsing: bytes) }
    }
  }

  @Test func objectsKeepTheirOrderAndCompareWithoutIt() throws {
    let a = try JSONValue(parsing: #"{"b":1,"a":2}"#)
    let b = try JSONValue(parsing: #"{"a":2,"b":1}"#)
    #expect(a == b && a.hashValue == b.hashValue)
    #expect(try a.serialized() == #"{"b":1,"a":2}"#)
    #expect(try a.serialized(sortingKeys: true) == #"{"a":2,"b":1}"#)
  }

  @Test func largeObjectsAreIndexed() {
    var object = JSONObject((0..<100).map { (key: "k\($0)", value: JSONValue.integer(Int64($0))) })
    for number in stride(from: 0, to: 100, by: 2) { object["k\(number)"] = nil }
    object["new"] = true
    #expect(object.count == 51)
    for number in 0..<100 { #expect(object["k\(number)"] == (number % 2 == 0 ? nil : .integer(Int64(number)))) }
    #expect(object.keys.last == "new" && object["new"] == true)
  }

  @Test func hasNoNaN() {
    #expect { try JSONValue.object(["a": [1, .double(.nan)]]).serialized() } throws: {
      ($0 as? VectorStoreError)?.context[.path] == "a[1]"
    }
  }

  @Test func roundTripOfRandomValues() throws {
    var random = SeededGenerator(1)
    for _ in 0..<3000 {
      let value = random.json()
      let text = try value.serialized()
      #expect(try JSONValue(parsing: text) == value)
      #expect(try JSONValue(parsing: value.serialized(sortingKeys: true)) == value)
      // Another implementation reads it too, except numbers beyond its range.
      if !text.contains("e400") {
        #expect(throws: Never.self) {
          try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        }
      }
    }
  }

  @Test func damagedTextsNeverCrash() throws {
    var random = SeededGenerator(2)
    for _ in 0..<5000 {
      var bytes = Array(try random.json().serialized().utf8)
      for _ in 0...random.below(3) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        default: bytes = Array(bytes[..<place])
        }
      }
      do {
        let value = try JSONValue(parsing: bytes)
        #expect(try JSONValue(parsing: value.serialized()) == value)
      } catch let error as VectorStoreError {
        #expect(error.code == .invalidJSON)
      }
    }
  }
}
