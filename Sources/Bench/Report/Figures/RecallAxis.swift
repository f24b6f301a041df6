// SPDX-License-Identifier: Apache-2.0

/// A recall axis on which every further nine has the same width: by −log10(1 − recall).
package struct RecallAxis: Sendable {
  private static let ticks = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0]
  /// Which ticks keep their label first, where there's no room for all.
  private static let byImportance = [1.0, 0.9, 0.99, 0.999, 0.95, 0.5, 0.0, 0.995, 0.98, 0.8, 0.7, 0.6]
  /// Where a recall of 1 is, which would be infinitely far away.
  private static let ceiling = 0.9998

  /// The ends of the axis.
  package let start: Double
  package let end: Double

  /// The axis that holds `recalls`.
  package init(_ recalls: [Double]) {
    let least = recalls.min() ?? 0
    let most = recalls.max() ?? 1
    start = Self.ticks.prefix(6).last { $0 <= least } ?? 0
    end = Self.ticks.suffix(5).first { $0 >= most } ?? 1
  }

  /// Where a recall is, from 0 at the start to 1 at the end; recalls outside are at the ends.
  package func place(_ recall: Double) -> Double {
    let (first, last) = (Self.nines(start), Self.nines(end))
    return min(max((Self.nines(recall) - first) / (last - first), 0), 1)
  }

  /// The ticks, with a label where there's room: labels are at least `gap` apart, as a share of the axis.
  package func ticks(gap: Double) -> [(recall: Double, label: String?)] {
    let shown = Self.ticks.filter { start...end ~= $0 }
    var labelled: [Double] = []
    for tick in Self.byImportance where shown.contains(tick) {
      if labelled.allSatisfy({ abs(place($0) - place(tick)) >= gap }) { labelled.append(tick) }
    }
    return shown.map { ($0, labelled.contains($0) ? ($0 == 0 || $0 == 1 ? String(Int($0)) : "\($0)") : nil) }
  }

  private static func nines(_ recall: Double) -> Double {
    -Logarithm.ten(1 - min(recall, ceiling))
  }
}
