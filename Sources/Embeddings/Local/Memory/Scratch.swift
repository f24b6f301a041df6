// SPDX-License-Identifier: Apache-2.0

/// Memory that one thread computes in, batch after batch. It grows when a batch needs more.
final class Scratch {
  private var buffer = FloatBuffer(count: 0)

  /// At least `count` numbers of any value, the same memory at every call.
  func numbers(_ count: Int) -> UnsafeMutablePointer<Float> {
    if buffer.count < count { buffer = FloatBuffer(count: count) }
    return buffer.base
  }
}
