// SPDX-License-Identifier: Apache-2.0

/// Who read the output has gone, as `head` does when it has enough: there is nobody to write for, and no error.
struct BrokenPipe: Error {}
