// SPDX-License-Identifier: Apache-2.0

/// The slots that something made at an earlier moment has to look at again.
enum StaleSlots {
  case all
  /// Those touched since, and those from a slot on.
  case some(touched: [Int], from: Int)

  /// - Parameters:
  ///   - from: the number of slots then.
  ///   - touchedEnd: the position among the touched slots then.
  ///   - count: the number of slots now. Where more than a quarter of them is stale, all are.
  init(from: Int, touchedEnd: Int, index: IndexMoment, of count: Int) {
    guard let touched = index.touched.since(touchedEnd), from <= count,
      (touched.count + count - from) * 4 <= count
    else {
      self = .all
      return
    }
    self = .some(touched: touched.map { Int($0) }.filter { $0 < from }, from: from)
  }
}
