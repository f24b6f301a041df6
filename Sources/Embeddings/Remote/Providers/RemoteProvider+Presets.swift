// SPDX-License-Identifier: Apache-2.0

extension RemoteProvider {
  /// OpenAI: 2,048 texts, 8,191 tokens a text, 300,000 a request, base64.
  public static func openAI(key: APIKey?, baseURL: String = "https://api.openai.com/v1") -> RemoteProvider {
    var provider = RemoteProvider(
      .openAI, "OpenAI", baseURL, key, batchSize: 2_048, takesEmptyTexts: false, keyVariable: "OPENAI_API_KEY")
    provider.maxTokensPerText = 8_191
    provider.maxTokensPerRequest = 300_000
    provider.encoding = .base64
    return provider
  }

  /// Alibaba Cloud's DashScope (Bailian, Model Studio): 10 texts, 8,192 tokens a text, strings only, numbers only.
  ///
  /// Its older models, `text-embedding-v1` and `-v2`, take 2,048 tokens a text, which is known by their names.
  ///
  /// - Parameter baseURL: outside of China `https://dashscope-intl.aliyuncs.com/compatible-mode/v1`.
  public static func dashScope(
    key: APIKey?, baseURL: String = "https://dashscope.aliyuncs.com/compatible-mode/v1"
  ) -> RemoteProvider {
    var provider = RemoteProvider(
      .dashScope, "DashScope", baseURL, key, batchSize: 10, takesEmptyTexts: false, keyVariable: "DASHSCOPE_API_KEY")
    provider.maxTokensPerText = 8_192
    return provider
  }

  /// DeepSeek's base URL, and those that are made like it.
  public static func deepSeek(key: APIKey?, baseURL: String = "https://api.deepseek.com/v1") -> RemoteProvider {
    RemoteProvider(
      .deepSeek, "DeepSeek", baseURL, key, batchSize: 10, takesEmptyTexts: false, keyVariable: "DEEPSEEK_API_KEY")
  }

  /// Ollama: 32 texts at a time, so that a processor answers in time; no key.
  public static func ollama(baseURL: String = "http://127.0.0.1:11434/v1") -> RemoteProvider {
    RemoteProvider(.ollama, "Ollama", baseURL, nil, batchSize: 32)
  }

  /// llama.cpp's server, started with `--embeddings` and a `--pooling` other than `none`: 32 texts at a time.
  public static func llamaCpp(baseURL: String = "http://127.0.0.1:8080/v1", key: APIKey? = nil) -> RemoteProvider {
    RemoteProvider(.llamaCpp, "llama.cpp", baseURL, key, batchSize: 32)
  }

  /// vLLM's server: 256 texts at a time.
  public static func vLLM(baseURL: String = "http://127.0.0.1:8000/v1", key: APIKey? = nil) -> RemoteProvider {
    RemoteProvider(.vLLM, "vLLM", baseURL, key, batchSize: 256)
  }

  /// Hugging Face's Text Embeddings Inference: 32 texts, as it is set by default.
  public static func textEmbeddingsInference(
    baseURL: String = "http://127.0.0.1:8080/v1", key: APIKey? = nil
  ) -> RemoteProvider {
    RemoteProvider(.textEmbeddingsInference, "TEI", baseURL, key, batchSize: 32, takesEmptyTexts: false)
  }
}
