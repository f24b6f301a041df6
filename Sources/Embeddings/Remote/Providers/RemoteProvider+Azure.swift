// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

extension RemoteProvider {
  /// The version of Azure's interface that is asked for where none is given: the last of the dated ones.
  public static let azureAPIVersion = "2024-10-21"

  /// Azure OpenAI.
  ///
  /// The model of the embedder is the deployment. An endpoint such as `https://NAME.openai.azure.com` gets the
  /// deployment's URL, `/openai/deployments/DEPLOYMENT/embeddings?api-version=…`; one that ends with `/openai/v1`, or the
  /// version `v1`, the newer `/openai/v1/embeddings`, which has no version.
  ///
  /// - Parameter authentication: `.header("api-key", key)`, or `.bearer(token)` for a token of Microsoft Entra.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for an endpoint that is no URL.
  public static func azure(
    endpoint: String, deployment: String, apiVersion: String = azureAPIVersion, authentication: Authentication
  ) throws -> RemoteProvider {
    guard let url = ServerURL(endpoint) else {
      throw VectorStoreError(.invalidArgument, "the endpoint of Azure OpenAI is no http:// or https:// URL")
    }
    var provider = RemoteProvider(
      .azure, "Azure OpenAI", endpoint, nil, batchSize: 2_048, takesEmptyTexts: false,
      keyVariable: "AZURE_OPENAI_API_KEY")
    provider.maxTokensPerText = 8_191
    provider.maxTokensPerRequest = 300_000
    provider.encoding = .base64
    provider.authentication = authentication
    if apiVersion == "v1" || url.ends(with: "openai/v1") {
      provider.baseURL = url.appending("openai/v1").text
    } else {
      provider.baseURL = url.appending("openai/deployments/\(ServerURL.escaped(deployment))").text
      provider.query["api-version"] = apiVersion
    }
    return provider
  }
}
