// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// GRDB has a `Record` too.
typealias Record = VectorStoreCore.Record
