// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import VectorStoreCore

/// A double, and an embedder that uses it without waiting between retries.
struct Service {
  static let dimension = 8

  let double: ProviderDouble
  let embedder: RemoteEmbedder
  let pauses: Pauses

  /// A service that no preset describes.
  ///
  /// - Parameter answer: nil answers with vectors.
  init(
    _ options: RemoteEmbedder.Options = Service.options(),
    answer: @escaping @Sendable (ProviderRequest) -> ProviderReply? = { _ in nil }
  ) throws {
    self = try .using(options, provider: { .compatible(baseURL: $0, name: "the service") }, answer: answer)
  }

  /// A service of a preset, made of the double's base URL.
  static func using(
    _ options: RemoteEmbedder.Options = Service.options(), model: String = "m",
    provider: (String) throws -> RemoteProvider,
    answer: @escaping @Sendable (ProviderRequest) -> ProviderReply? = { _ in nil }
  ) throws -> Service {
    let double = try ProviderDouble { answer($0) ?? .vectors($0, dimension: Service.dimension) }
    let pauses = Pauses()
    let embedder = try RemoteEmbedder(
      provider(double.baseURL), model: model, options: options, waiting: pauses.waiting)
    return Service(double: double, embedder: embedder, pauses: pauses)
  }

  private init(double: ProviderDouble, embedder: RemoteEmbedder, pauses: Pauses) {
    (self.double, self.embedder, self.pauses) = (double, embedder, pauses)
  }

  /// Options that no variable of the environment changes.
  static func options(_ change: (inout RemoteEmbedder.Options) -> Void = { _ in }) -> RemoteEmbedder.Options {
    var options = RemoteEmbedder.Options(knownDimension: dimension, proxy: "")
    change(&options)
    return options
  }

  /// What embedding some texts fails with.
  func error(_ texts: [String] = ["a"]) async -> VectorStoreError? {
    do {
      _ = try await embedder.embed(passages: texts)
      return nil
    } catch {
      return error as? VectorStoreError
    }
  }

  /// The vectors that texts have.
  static func vectors(_ texts: [String]) -> [[Float]] { texts.map { TextVector.make($0, dimension: dimension) } }
}
