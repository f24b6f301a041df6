// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

extension VectorStoreError.ContextKey {
  /// The file of a model folder.
  package static let file: VectorStoreError.ContextKey = "file"
  /// The tensor in a weights file.
  package static let tensor: VectorStoreError.ContextKey = "tensor"
  /// The key in a configuration file.
  package static let key: VectorStoreError.ContextKey = "key"
}

/// Errors of model folders, in words that name the place and what was expected there.
enum ModelError {
  /// The bytes of a file are not what its format says.
  static func corrupt(_ file: String, _ message: String, tensor: String? = nil) -> VectorStoreError {
    make(.corrupt, file, message, tensor: tensor)
  }

  /// The file is sound and asks for something that is not implemented.
  static func unsupported(_ file: String, _ message: String) -> VectorStoreError {
    make(.unsupported, file, message, tensor: nil)
  }

  private static func make(
    _ code: VectorStoreError.Code, _ file: String, _ message: String, tensor: String?
  ) -> VectorStoreError {
    var context: [VectorStoreError.ContextKey: String] = [.file: file]
    context[.tensor] = tensor
    return VectorStoreError(code, "\(file): \(message)", context: context)
  }
}
