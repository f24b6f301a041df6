// SPDX-License-Identifier: Apache-2.0

/// The names of filters for readers.
package enum FilterText {
  private static let categoryPrefix = "category="

  /// `random 1 %`, or `noun.food 8.6 %`, or `7 categories 52 %`.
  package static func name(_ filter: FilterKey, categories: [String]) -> String {
    let share = NumberText.percent(filter.selectivity)
    guard filter.name.hasPrefix(categoryPrefix) else { return "\(filter.name) \(share)" }
    let values = filter.name.dropFirst(categoryPrefix.count).split(separator: "+")
    if values.count > 1 { return "\(values.count) categories \(share)" }
    guard let first = values.first, let number = Int(first), categories.indices.contains(number) else {
      return "\(filter.name) \(share)"
    }
    return "\(categories[number]) \(share)"
  }
}
