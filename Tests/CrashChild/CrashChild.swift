// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
package import LocalBackend
package import VectorStoreCore

/// The process that the tests kill, starve of disk space, or take rights from.
///
///     StoreCrash write STORE SEED WRITER:STEP…        runs scripts, and says when each step has returned
///     StoreCrash generations STORE COUNT              writes all documents anew with the next number, again and again
///     StoreCrash churn STORE COUNT                    the same with new vectors each time, and says when its index is compacted
///     StoreCrash watch STORE COUNT                    searches, and says whether all hits have one number
///     StoreCrash starve STORE file|folder             writes until the disk is full, then goes on with more room
///     StoreCrash memory FOLDER                        uses private stores, and says what is in its temporary folder
///     StoreCrash access STORE USER                    opens the store as another user, for reading and for writing
@main
package struct CrashChild {
  package static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch (arguments.first, arguments.count) {
      case ("write", 3...):
        let starts = arguments.dropFirst(3).map { $0.split(separator: ":").compactMap { Int($0) } }
        try await WriterRole(path: arguments[1], seed: UInt64(arguments[2]) ?? 0).run(starts)
      case ("generations", 3): try await GenerationRole(path: arguments[1], count: Int(arguments[2]) ?? 1).write()
      case ("churn", 3): try await GenerationRole(path: arguments[1], count: Int(arguments[2]) ?? 1).churn()
      case ("watch", 3): try await GenerationRole(path: arguments[1], count: Int(arguments[2]) ?? 1).watch()
      case ("starve", 3): try await StarvedRole(path: arguments[1], limit: arguments[2]).run()
      case ("memory", 2): try await MemoryRole(folder: arguments[1]).run()
      case ("access", 3): try await AccessRole(path: arguments[1], user: UInt32(arguments[2]) ?? 0).run()
      default: exit(2)
      }
    } catch {
      say("error \(error)")
      exit(1)
    }
  }

  /// Writes a line to standard output, in one call of the system.
  static func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
  }

  package static func open(
    _ path: String, access: OpenOptions.Access = .createIfMissing
  ) async throws -> LocalBackend {
    try await LocalBackend.open(
      StoreURL(path),
      options: OpenOptions(
        access: access, space: EmbeddingSpace(model: "crash", dimension: CrashScript.dimension, metric: .l2),
        declaredFields: [Field("year"), Field("generation")]))
  }
}
