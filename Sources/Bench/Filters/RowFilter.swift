// SPDX-License-Identifier: Apache-2.0

/// A filter: the base rows it allows. Every engine, in any language, computes the same rows from the same options.
package struct RowFilter: Sendable {
  /// What a row must be, for an engine that keeps the filters' values as columns.
  package enum Rule: Sendable, Hashable {
    /// Any row.
    case all
    /// A row whose output of SplitMix64 is below this.
    case below(UInt64)
    /// A row that has one of these labels.
    case labels([Int32])
  }

  /// Its rule.
  package let rule: Rule
  /// Its name in the results.
  package let name: String
  /// The share of rows it allows, as the results state it.
  package let selectivity: Double
  /// For each base row whether it is allowed.
  package let mask: [Bool]
  /// The allowed rows, ascending.
  package let allowed: [Int]

  private init(rule: Rule, name: String, selectivity: Double, mask: [Bool]) {
    self.rule = rule
    self.name = name
    self.selectivity = selectivity
    self.mask = mask
    allowed = mask.indices.filter { mask[$0] }
  }

  /// Allows row `r` of `count` where output `r` of SplitMix64 is below `selectivity · 2⁶⁴`.
  ///
  /// - Precondition: `selectivity` is above 0 and at most 1.
  package static func random(selectivity: Double, count: Int, seed: UInt64) -> RowFilter {
    precondition(selectivity > 0 && selectivity <= 1, "a selectivity is above 0 and at most 1")
    let mask: [Bool]
    let rule: Rule
    if selectivity == 1 {
      rule = .all
      mask = Array(repeating: true, count: count)
    } else {
      let limit = UInt64(selectivity * 0x1p64)
      rule = .below(limit)
      mask = (0..<count).map { SplitMix64.output(seed: seed, index: UInt64($0)) < limit }
    }
    return RowFilter(rule: rule, name: "random", selectivity: selectivity, mask: mask)
  }

  /// Allows the rows whose label is one of `values`.
  package static func labels(_ labels: [Int32], values: [Int32]) -> RowFilter {
    let wanted = Set(values)
    let mask = labels.map(wanted.contains)
    let allowed = mask.count { $0 }
    return RowFilter(
      rule: .labels(values),
      name: "category=" + values.map(String.init).joined(separator: "+"),
      selectivity: labels.isEmpty ? 0 : Double(allowed) / Double(labels.count),
      mask: mask)
  }
}
