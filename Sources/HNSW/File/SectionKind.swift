// SPDX-License-Identifier: Apache-2.0

/// The kinds of data in an index, with the numbers that the index file knows them by. A number is never used again.
enum SectionKind: UInt32, Sendable, CaseIterable {
  /// Float32 rows, or packed bits.
  case rows = 1
  /// 1/‖x‖ of each row, for cosine.
  case inverseNorms = 2
  /// 8-bit codes.
  case codes = 3
  /// The scale and the bias of each row of codes.
  case codeConstants = 4
  /// The point that codes are relative to; one record.
  case center = 5
  /// Links on level 0.
  case links = 6
  /// Level and place in the upper levels, for each slot.
  case upperIndex = 7
  /// Links on the upper levels.
  case upperLinks = 8
  case labels = 9
  /// The change that removed a slot, 0 for none.
  case deaths = 10
  /// The next slot that holds the same vector, plus one.
  case twins = 11

  var name: String { String(describing: self) }
}
