// SPDX-License-Identifier: Apache-2.0

/// Which documents are meant. A value: written in Swift, decoded from LangChain's or OpenAI's JSON, evaluated here or
/// translated by a backend.
///
/// ```swift
/// let recent = Field("year") >= 2020 && Field("lang") == "zh"
/// let same = try Filter(parsing: #"{"year": {"$gte": 2020}, "lang": "zh"}"#)
/// ```
///
/// ``evaluate(_:)`` is the definition that every backend is held to. It follows Kleene's logic: where a field is
/// missing, null or of another type than
/// the value, the condition is *unknown*, also under ``not(_:)``, `!=` and ``notIn(_:_:)``; only documents for which
/// the filter is *true* match.
public indirect enum Filter: Sendable, Hashable {
  /// A comparison by order.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "$eq"
    case notEqual = "$ne"
    case less = "$lt"
    case lessOrEqual = "$lte"
    case greater = "$gt"
    case greaterOrEqual = "$gte"
  }

  /// All of these; without any, every document.
  case and([Filter])
  /// One of these at least; without any, no document.
  case or([Filter])
  /// Not this; what is unknown stays so.
  case not(Filter)
  /// The field compared with a value.
  case compare(Field, Comparison, FilterValue)
  /// The field equals one of the values. An empty list is false for any field that is there.
  case `in`(Field, [FilterValue])
  /// The field equals none of the values: the opposite of ``in(_:_:)``.
  case notIn(Field, [FilterValue])
  /// The field is from the first to the second value, both included.
  case between(Field, FilterValue, FilterValue)
  /// Whether the field is there; null counts as missing. Never unknown.
  case exists(Field, Bool)
  /// The field is a string of this pattern, by case.
  case like(Field, LikePattern)
  /// The field is a string of this pattern, whatever the case.
  case ilike(Field, LikePattern)
  /// The field is an array with an element that equals the value. Elements of other types do not equal it; this is
  /// never unknown for an array.
  case contains(Field, FilterValue)

  /// Every document.
  public static let all = Filter.and([])
  /// No document.
  public static let none = Filter.or([])
}
