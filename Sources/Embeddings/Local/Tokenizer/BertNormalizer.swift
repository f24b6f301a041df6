// SPDX-License-Identifier: Apache-2.0

/// The clean-up before a text is cut into words, as BERT does it.
///
/// In this order: control characters are dropped and whitespace becomes spaces; Chinese characters get spaces around
/// them; accents are removed, by canonical decomposition (NFD) and dropping the marks; letters become lower-case, each
/// for itself.
struct BertNormalizer: Sendable {
  private let cleansText: Bool
  private let padsChinese: Bool
  private let stripsAccents: Bool
  private let lowercases: Bool
  /// What becomes of ASCII: the byte, or 0 for none.
  private let ascii: [UInt8]

  /// - Parameter stripsAccents: nil follows `lowercases`, as in the original.
  init(cleansText: Bool, padsChinese: Bool, stripsAccents: Bool?, lowercases: Bool) {
    self.cleansText = cleansText
    self.padsChinese = padsChinese
    self.stripsAccents = stripsAccents ?? lowercases
    self.lowercases = lowercases
    ascii = (0..<128).map { (byte: UInt8) in
      let flags = UnicodeTable.shared.flags(UInt32(byte))
      if cleansText, flags.contains(.removed) { return 0 }
      if cleansText, flags.contains(.space) { return 0x20 }
      return lowercases && (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
  }

  /// Appends the normal form of `bytes` to `result`.
  func normalize(_ bytes: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    result.reserveCapacity(result.count + bytes.count + bytes.count / 8)
    // Combining characters that wait for their canonical order.
    var pending: [UInt32] = []
    var index = 0
    ascii.withUnsafeBufferPointer { ascii in
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          index &+= 1
          if byte == 0, !cleansText {
            flush(&pending, into: &result)
            result.append(0)
            continue
          }
          let mapped = ascii[Int(byte)]
          if mapped == 0 { continue }
          if !pending.isEmpty { flush(&pending, into: &result) }
          result.append(mapped)
        } else {
          add(UTF8Scalars.next(bytes, &index), &pending, into: &result)
        }
      }
    }
    flush(&pending, into: &result)
  }

  private func add(_ scalar: UInt32, _ pending: inout [UInt32], into result: inout [UInt8]) {
    let flags = UnicodeTable.shared.flags(scalar)
    if cleansText {
      if flags.contains(.removed) { return }
      if flags.contains(.space) {
        flush(&pending, into: &result)
        result.append(0x20)
        return
      }
    }
    let padded = padsChinese && flags.contains(.chinese)
    if padded {
      flush(&pending, into: &result)
      result.append(0x20)
    }
    if stripsAccents {
      strip(scalar, flags, &pending, into: &result)
    } else {
      lower(scalar, flags, into: &result)
    }
    if padded {
      flush(&pending, into: &result)
      result.append(0x20)
    }
  }

  private func strip(_ scalar: UInt32, _ flags: ScalarFlags, _ pending: inout [UInt32], into result: inout [UInt8]) {
    if flags.contains(.mark) {
      // It is dropped, but one that is no combining character ends the run that is put in order.
      if !pending.isEmpty, Self.combiningClass(scalar) == 0 { flush(&pending, into: &result) }
    } else if flags.contains(.mapped) || UnicodeTable.isHangulSyllable(scalar),
      let parts = UnicodeTable.shared.stripped(scalar)
    {
      for part in parts { place(part, UnicodeTable.shared.flags(part), &pending, into: &result) }
    } else {
      place(scalar, flags, &pending, into: &result)
    }
  }

  private func place(_ scalar: UInt32, _ flags: ScalarFlags, _ pending: inout [UInt32], into result: inout [UInt8]) {
    if flags.contains(.combining) {
      pending.append(scalar)
    } else {
      if !pending.isEmpty { flush(&pending, into: &result) }
      lower(scalar, flags, into: &result)
    }
  }

  private func lower(_ scalar: UInt32, _ flags: ScalarFlags, into result: inout [UInt8]) {
    if lowercases, flags.contains(.mapped), let parts = UnicodeTable.shared.lowered(scalar) {
      for part in parts { UTF8Scalars.append(part, to: &result) }
    } else {
      UTF8Scalars.append(scalar, to: &result)
    }
  }

  /// Writes the waiting characters in canonical order: by their class, those of one class as they came.
  private func flush(_ pending: inout [UInt32], into result: inout [UInt8]) {
    guard !pending.isEmpty else { return }
    let ordered = pending.enumerated().sorted { a, b in
      (Self.combiningClass(a.element), a.offset) < (Self.combiningClass(b.element), b.offset)
    }
    for (_, scalar) in ordered { lower(scalar, UnicodeTable.shared.flags(scalar), into: &result) }
    pending.removeAll(keepingCapacity: true)
  }

  private static func combiningClass(_ scalar: UInt32) -> UInt8 {
    Unicode.Scalar(scalar)?.properties.canonicalCombiningClass.rawValue ?? 0
  }
}
