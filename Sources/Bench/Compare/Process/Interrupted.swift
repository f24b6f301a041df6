// SPDX-License-Identifier: Apache-2.0

/// Ctrl-C while an engine was waited for.
struct Interrupted: Error {}
