// SPDX-License-Identifier: Apache-2.0

/// What can be set by a flag, in the environment, or in the file of settings.
enum Setting: String, CaseIterable {
  case store
  case table
  case embedder
  case embeddingCache = "embedding-cache"
  case fields
  case keywords
  case durability
  case autoCompact = "auto-compact"
  case threads
  case schema
  case idColumn = "id-column"
  case contentColumn = "content-column"
  case embeddingColumn = "embedding-column"
  case metadataColumns = "metadata-column"
  case metadataJSONColumn = "metadata-json-column"
  case dimensionColumn = "dimension-column"
  case dimension
  case vectorType = "vector-type"
  case language
  case pgbouncer
  case chunkSize = "chunk-size"
  case chunkOverlap = "chunk-overlap"

  /// The flag, and without its dashes the key in the file of settings.
  var name: String { rawValue }

  /// The environment's variable.
  var variable: String {
    "VECTORSTORE_" + rawValue.uppercased().split(separator: "-").joined(separator: "_")
  }

  /// What holds where nothing is set; nil for what then is not there.
  var defaultValue: String? {
    switch self {
    case .table: "vectors"
    case .keywords: "true"
    case .durability: "full"
    case .autoCompact: "0.25"
    case .chunkSize: "1000"
    case .store, .embedder, .embeddingCache, .fields, .threads, .chunkOverlap, .schema, .idColumn, .contentColumn,
      .embeddingColumn, .metadataColumns, .metadataJSONColumn, .dimensionColumn, .dimension, .vectorType, .language,
      .pgbouncer:
      nil
    }
  }
}
