// SPDX-License-Identifier: Apache-2.0

/// What `JSONDecoder` objects to, in words: the place in the document, and what is wrong there.
enum DecodingProblem {
  /// The message for `error`, of whatever kind.
  static func text(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return String(describing: error) }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(place(context)) has no \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context)) is of another type: \(context.debugDescription)"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "not JSON" : "\(place(context)): \(context.debugDescription)"
    @unknown default:
      return String(describing: error)
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
    return path.isEmpty ? "it" : String(path.drop { $0 == "." })
  }
}
