// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// Which documents a filter means, by `Filter`'s own evaluation in memory: it says whether somebody's SQL finds the same.
///
/// ```swift
/// let report = FilterOracle(documents: documents).check(ids: try await mySQL("year >= 2020"), filter: Field("year") >= 2020)
/// #expect(report.isPassed, "\(report)")
/// ```
public struct FilterOracle: Sendable {
  /// What there is; documents without an id are never found.
  public let documents: [Document]

  /// An oracle of these documents.
  public init(documents: [Document]) { self.documents = documents }

  /// The ids of the documents that match, in the order of the documents.
  public func ids(matching filter: Filter) -> [String] {
    documents.filter { filter.matches($0) }.compactMap(\.id)
  }

  /// Compares the ids of an answer, in any order, with those that match.
  ///
  /// - Complexity: O(documents).
  public func check(ids: [String], filter: Filter) -> OracleReport {
    var report = OracleReport()
    let matching = self.ids(matching: filter)
    let expected = Set(matching.map { ByteKey($0) })
    var found: Set<ByteKey> = []
    for id in ids {
      if !found.insert(ByteKey(id)).inserted {
        report.add(.duplicate, id: id, expected: "each document once", found: "it once more")
      } else if !expected.contains(ByteKey(id)) {
        report.add(
          .extra, id: id, expected: "not this one: \(says(filter, of: id))", found: "it among those that match")
      }
    }
    for id in matching where !found.contains(ByteKey(id)) {
      report.add(.missing, id: id, expected: "this one: \(says(filter, of: id))", found: "nothing of it")
    }
    return report
  }

  /// What the definition says of a document, for a person.
  private func says(_ filter: Filter, of id: String) -> String {
    guard let document = documents.first(where: { $0.id.map { ByteKey($0) } == ByteKey(id) }) else {
      return "there is no such document"
    }
    return "\(filter) is \(filter.evaluate(document)) of \(document.metadata)"
  }
}
