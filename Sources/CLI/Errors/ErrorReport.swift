// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// What to say about an error, and how to end.
struct ErrorReport {
  /// How the process ends.
  let exit: CommandError.Exit
  /// What to say; empty for nothing.
  let message: String

  init(_ error: any Error) {
    switch error {
    case is BrokenPipe:
      (exit, message) = (.done, "")
    case let error as CommandError:
      (exit, message) = (error.exit, error.description)
    case is CancellationError:
      (exit, message) = (.interrupted, "interrupted")
    case let error as VectorStoreError where error.code == .embedderMissing:
      (exit, message) = (.wrongUsage, EmbedderRegistry.missing(for: "this").description)
    case let error as VectorStoreError:
      (exit, message) = (Self.exit(for: error.code), Self.message(of: error))
    case let error as FileFault:
      (exit, message) = (.failed, error.description)
    default:
      // NSError's own description is for programmers.
      let isFoundation = type(of: error) is NSError.Type
      (exit, message) = (.failed, isFoundation ? (error as NSError).localizedDescription : String(describing: error))
    }
  }

  private static func exit(for code: VectorStoreError.Code) -> CommandError.Exit {
    switch code {
    case .invalidFilter, .invalidArgument, .embedderMissing, .unsupported: .wrongUsage
    default: .failed
    }
  }

  /// The message, and where it happened unless the message says so.
  private static func message(of error: VectorStoreError) -> String {
    let places = error.context.filter { key, value in
      ![.path, .offset, .provider, .imported].contains(key) && !error.message.contains(value)
    }
    guard !places.isEmpty else { return error.message }
    let list = places.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
    return "\(error.message) (\(list))"
  }
}
