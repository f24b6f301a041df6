// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A range of reserved address space that fills up from the front and never moves.
///
/// The system gives a page its memory when it is first written, so a reservation costs nothing until then. A file's
/// pages can be mapped privately in front of the empty ones: reading them shares the page cache, writing copies a page.
///
/// Sendable because the range is fixed for the object's life; who may touch which bytes is the owner's business.
final class Region: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  /// Bytes of reserved address space.
  let reservedBytes: Int
  /// Bytes in front that a file backs.
  private(set) var mappedBytes = 0

  /// Large regions ask for huge pages from this size on; small indexes stay small.
  private static let hugePageThreshold = 8 << 20

  /// Reserves at least `minimum` bytes, and as many of `wanted` as the system lets.
  init(wanted: Int, minimum: Int) throws(VectorIndexError) {
    // Whole pages of the index file, too, so that a section's last one can be mapped.
    let page = max(systemPageSize, IndexFileHeader.pageBytes)
    func rounded(_ bytes: Int) -> Int {
      let (sum, overflow) = bytes.addingReportingOverflow(page - 1)
      return overflow ? Int.max & ~(page - 1) : max(page, sum & ~(page - 1))
    }
    var bytes = rounded(max(wanted, minimum))
    while true {
      #if canImport(Darwin)
        let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
      #else
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
      #endif
      let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0)
      if let address, address != MAP_FAILED {
        base = address
        reservedBytes = bytes
        return
      }
      guard bytes > rounded(minimum) else {
        throw VectorIndexError(
          .capacityExceeded, "the system refuses \(bytes) bytes of address space: \(systemErrorText())")
      }
      bytes = max(rounded(minimum), rounded(bytes / 4))
    }
  }

  deinit { munmap(base, reservedBytes) }

  /// Maps `count` bytes of a file from `offset` (a multiple of the page size) privately at the region's front.
  func mapFile(descriptor: Int32, offset: Int, count: Int) throws(VectorIndexError) {
    guard count > 0 else { return }
    let address = mmap(
      base, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, descriptor, off_t(offset))
    guard address != MAP_FAILED else {
      throw VectorIndexError(.io, "cannot map \(count) bytes of the index file: \(systemErrorText())")
    }
    mappedBytes = count
  }

  /// Tells the system that reads of the mapped pages follow no order, so that it reads no more than what is touched.
  func adviseRandomAccess() {
    if mappedBytes > 0 { madvise(base, mappedBytes, Int32(MADV_RANDOM)) }
  }

  /// Asks for huge pages once `used` bytes are worth them: fewer address translations for rows read in no order.
  func adviseHugePages(used: Int) {
    #if !canImport(Darwin)
      guard used >= Self.hugePageThreshold, mappedBytes == 0 else { return }
      madvise(base, reservedBytes, 14 /* MADV_HUGEPAGE */)
    #endif
  }

  /// Gives the memory of the file's pages back; they are read again when touched.
  ///
  /// For sections that only grow: the last page, which may hold records written since, is left.
  func dropCleanPages() {
    let bytes = mappedBytes - Self.sharedTail
    if bytes > 0 { madvise(base, bytes, Int32(MADV_DONTNEED)) }
  }

  /// The end of a mapped file in which its own records and newer ones may share a page.
  private static let sharedTail = IndexFileHeader.pageBytes
}
