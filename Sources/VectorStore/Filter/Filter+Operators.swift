// SPDX-License-Identifier: Apache-2.0

extension Filter {
  /// Both.
  public static func && (a: Filter, b: Filter) -> Filter {
    switch (a, b) {
    // A chain of && is one list. Empty lists are kept whole: they mean something of their own.
    case (.and(let list), _) where !list.isEmpty: .and(list + [b])
    default: .and([a, b])
    }
  }

  /// One of both at least.
  public static func || (a: Filter, b: Filter) -> Filter {
    switch (a, b) {
    case (.or(let list), _) where !list.isEmpty: .or(list + [b])
    default: .or([a, b])
    }
  }

  /// The opposite; what is unknown stays so.
  public static prefix func ! (filter: Filter) -> Filter { .not(filter) }
}

extension Field {
  /// Equals the value.
  public static func == (field: Field, value: some FilterValueConvertible) -> Filter {
    .compare(field, .equal, value.filterValue)
  }
  /// Is there, of the value's type, and differs from it.
  public static func != (field: Field, value: some FilterValueConvertible) -> Filter {
    .compare(field, .notEqual, value.filterValue)
  }
  /// Is less than the value.
  public static func < (field: Field, value: some FilterValueConvertible) -> Filter {
    .compare(field, .less, value.filterValue)
  }
  /// Is at most the value.
  public static func <= (field: Field, value: some FilterValueConvertible) -> Filter {
    .compare(field, .lessOrEqual, value.filterValue)
  }
  /// Is greater than the value.
  public static func > (field: Field, value: some FilterValueConvertible) -> Filter {
    .compare(field, .greater, value.filterValue)
  }
  /// Is at least the value.
  public static func >= (field: Field, value: some FilterValueConvertible) -> Filter {
    .compare(field, .greaterOrEqual, value.filterValue)
  }

  /// Equals one of the values; with none, no document matches.
  public func isIn(_ values: [some FilterValueConvertible]) -> Filter { .in(self, values.map(\.filterValue)) }
  /// Is there, of the values' type, and equals none of them.
  public func isNotIn(_ values: [some FilterValueConvertible]) -> Filter { .notIn(self, values.map(\.filterValue)) }
  /// Is from the lower to the upper value, both included.
  public func isBetween(_ lower: some FilterValueConvertible, _ upper: some FilterValueConvertible) -> Filter {
    .between(self, lower.filterValue, upper.filterValue)
  }
  /// Is there and not null.
  public var exists: Filter { .exists(self, true) }
  /// Is missing or null.
  public var isMissing: Filter { .exists(self, false) }
  /// Is a string of this pattern (``LikePattern``), by case.
  public func like(_ pattern: String) -> Filter { .like(self, LikePattern(pattern)) }
  /// Is a string of this pattern (``LikePattern``), whatever the case.
  public func ilike(_ pattern: String) -> Filter { .ilike(self, LikePattern(pattern)) }
  /// Is an array that has the value among its elements.
  public func contains(_ value: some FilterValueConvertible) -> Filter { .contains(self, value.filterValue) }
}
