// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object, in the order in which they were written.
///
/// The order is kept because a `json` column of PostgreSQL keeps it and other programs read it; it is no part of the
/// value: two objects
/// with the same members are equal. Keys are compared by their bytes of UTF-8, never by canonical equivalence.
///
/// Complexity: look-up is O(n) up to 8 members and O(1) beyond.
public struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral, RandomAccessCollection {
  /// One member.
  public typealias Element = (key: String, value: JSONValue)

  private var members: [Element] = []
  /// Where a key is; made when there are more members than are scanned quickly.
  private var places: [ByteKey: Int] = [:]
  private static let scanLimit = 8

  /// An object without members.
  public init() {}

  /// An object of these members. Of members with one key the last value counts, at the place of the first.
  public init(_ members: some Sequence<(key: String, value: JSONValue)>) {
    for (key, value) in members { self[key] = value }
  }

  /// The members as a dictionary literal lists them; the last of equal keys counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    for (key, value) in elements { self[key] = value }
  }

  /// 0, where there are members.
  public var startIndex: Int { 0 }
  /// The number of members.
  public var endIndex: Int { members.count }

  /// The member at a position.
  public subscript(position: Int) -> Element { members[position] }

  /// The keys, in order.
  public var keys: [String] { members.map(\.key) }

  /// The value of a key, nil where there is no such member. Setting nil removes the member; setting a value keeps the
  /// member's place or
  /// appends a new one.
  public subscript(key: String) -> JSONValue? {
    get { place(of: key).map { members[$0].value } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil):
        members.remove(at: place)
        places = [:]
        if members.count > Self.scanLimit { indexAll() }
      case (nil, let value?):
        members.append((key, value))
        if !places.isEmpty {
          places[ByteKey(key)] = members.count - 1
        } else if members.count > Self.scanLimit {
          indexAll()
        }
      case (nil, nil): break
      }
    }
  }

  /// This object with the members of another laid over it.
  public func merging(_ other: JSONObject) -> JSONObject {
    var result = self
    for (key, value) in other { result[key] = value }
    return result
  }

  private func place(of key: String) -> Int? {
    if !places.isEmpty { return places[ByteKey(key)] }
    for place in members.indices where ByteOrder.equal(members[place].key, key) { return place }
    return nil
  }

  private mutating func indexAll() {
    places.reserveCapacity(members.count)
    for (place, member) in members.enumerated() { places[ByteKey(member.key)] = place }
  }

  /// Whether both have the same members, in whatever order.
  public static func == (a: JSONObject, b: JSONObject) -> Bool {
    guard a.count == b.count else { return false }
    return a.allSatisfy { key, value in b[key] == value }
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    // Independent of the order, as equality is.
    var sum = 0
    for (key, value) in members {
      var member = Hasher()
      member.combine(ByteKey(key))
      member.combine(value)
      sum ^= member.finalize()
    }
    hasher.combine(sum)
  }
}
