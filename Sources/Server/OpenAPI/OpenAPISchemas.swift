// SPDX-License-Identifier: Apache-2.0

/// The schemas of what is sent and answered, in JSON Schema as OpenAPI 3.1 has it.
enum OpenAPISchemas {
  static func json(_ limits: ServerLimits) -> String {
    #"""
    {
      "Object": {"type": "object"},
      "Vector": {"type": "array", "items": {"type": "number"}, "minItems": 1},
      "Filter": {
        "description": "LangChain's form, such as {\"year\": {\"$gte\": 2020}}, or OpenAI's, such as {\"type\": \"gte\", \"key\": \"year\", \"value\": 2020}.",
        "type": "object", "examples": [{"year": {"$gte": 2020}}]
      },
      "NewDocument": {
        "type": "object", "required": ["content"], "additionalProperties": false,
        "properties": {
          "id": {"type": ["string", "null"], "minLength": 1},
          "content": {"type": "string"},
          "metadata": {"type": ["object", "null"]},
          "embedding": {"oneOf": [{"$ref": "#/components/schemas/Vector"}, {"type": "null"}]}
        }
      },
      "AddDocuments": {
        "oneOf": [
          {"type": "array", "maxItems": \#(limits.batch), "items": {"$ref": "#/components/schemas/NewDocument"}},
          {"type": "object", "required": ["documents"], "additionalProperties": false,
           "properties": {"documents": {"type": "array", "maxItems": \#(limits.batch), "items": {"$ref": "#/components/schemas/NewDocument"}}}}
        ]
      },
      "PutDocument": {
        "type": "object", "required": ["content"], "additionalProperties": false,
        "properties": {
          "content": {"type": "string"},
          "metadata": {"type": ["object", "null"]},
          "embedding": {"oneOf": [{"$ref": "#/components/schemas/Vector"}, {"type": "null"}]}
        }
      },
      "UpdateDocument": {
        "type": "object", "required": ["metadata"], "additionalProperties": false,
        "properties": {"metadata": {"type": "object"}, "merge": {"type": ["boolean", "null"], "default": true}}
      },
      "DeleteDocuments": {
        "oneOf": [
          {"type": "object", "required": ["ids"], "additionalProperties": false,
           "properties": {"ids": {"type": "array", "maxItems": \#(limits.batch), "items": {"type": "string"}}}},
          {"type": "object", "required": ["filter"], "additionalProperties": false,
           "properties": {"filter": {"$ref": "#/components/schemas/Filter"}}}
        ]
      },
      "Added": {
        "type": "object", "required": ["status", "count", "ids"],
        "properties": {
          "status": {"const": "success"}, "count": {"type": "integer"},
          "ids": {"type": "array", "items": {"type": "string"}}
        }
      },
      "Deleted": {"type": "object", "required": ["deleted"], "properties": {"deleted": {"type": "integer"}}},
      "Count": {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}},
      "Document": {
        "type": "object", "required": ["id", "content", "metadata"],
        "properties": {
          "id": {"type": "string"}, "content": {"type": "string"}, "metadata": {"type": "object"},
          "embedding": {"$ref": "#/components/schemas/Vector"}
        }
      },
      "DocumentPage": {
        "type": "object", "required": ["documents", "cursor"],
        "properties": {
          "documents": {"type": "array", "items": {"$ref": "#/components/schemas/Document"}},
          "cursor": {"type": ["string", "null"]}
        }
      },
      "SearchRequest": {
        "description": "One of query, vector and like is given.",
        "type": "object", "additionalProperties": false,
        "oneOf": [{"required": ["query"]}, {"required": ["vector"]}, {"required": ["like"]}],
        "properties": {
          "query": {"type": "string", "pattern": "\\S", "description": "A text."},
          "vector": {"$ref": "#/components/schemas/Vector"},
          "like": {"type": "string", "description": "The id of a document, which itself is not in the answer."},
          "k": {"type": "integer", "minimum": 0, "maximum": \#(limits.k), "default": 5},
          "filter": {"$ref": "#/components/schemas/Filter"},
          "hybrid": {
            "oneOf": [
              {"type": "boolean"},
              {"type": "object", "additionalProperties": false, "properties": {
                "fusion": {"enum": ["rrf", "weighted"], "default": "rrf"},
                "keyword_weight": {"type": "number", "minimum": 0, "maximum": 1},
                "candidates": {"type": "integer", "minimum": 0, "maximum": \#(limits.candidates)}
              }}
            ]
          },
          "keywords": {"type": "string", "description": "In the place of the query's words; makes a search hybrid."},
          "mmr": {
            "oneOf": [
              {"type": "boolean"},
              {"type": "object", "additionalProperties": false, "properties": {
                "lambda": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5},
                "fetch_k": {"type": "integer", "minimum": 0, "maximum": \#(limits.candidates), "default": 20}
              }}
            ]
          },
          "min_relevance": {"type": "number", "minimum": 0, "maximum": 1},
          "max_distance": {"type": "number"},
          "exact": {"type": "boolean", "default": false},
          "ef_search": {"type": "integer", "minimum": 1, "maximum": \#(limits.candidates)},
          "probes": {"type": "integer", "minimum": 1, "maximum": \#(limits.candidates)},
          "include_vectors": {"type": "boolean", "default": false},
          "explain": {"type": "boolean", "default": false},
          "highlight": {"type": "boolean", "default": false, "description": "Whether hits have \"matches\"."}
        },
        "examples": [{"query": "How do I back up?", "k": 3}]
      },
      "Hit": {
        "type": "object", "required": ["id", "content", "metadata", "distance", "relevance"],
        "properties": {
          "id": {"type": "string"}, "content": {"type": "string"}, "metadata": {"type": "object"},
          "distance": {"type": ["number", "null"], "description": "Smaller is nearer."},
          "relevance": {"type": ["number", "null"], "description": "0 to 1, more is better."},
          "score": {"type": ["number", "null"], "description": "Of a hybrid search."},
          "embedding": {"$ref": "#/components/schemas/Vector"},
          "matches": {
            "type": "array", "description": "Where the query's words are in the content: from and to, in UTF-16 units.",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
          }
        }
      },
      "Hits": {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}},
      "SearchResponse": {
        "type": "object", "required": ["results"],
        "properties": {"results": {"$ref": "#/components/schemas/Hits"}, "explanation": {"type": "object"}}
      },
      "SearchBatch": {
        "description": "At most \#(limits.batchHits) documents are asked for in all, of which one with its vector counts as ten.",
        "type": "object", "required": ["searches"], "additionalProperties": false,
        "properties": {
          "searches": {"type": "array", "maxItems": \#(limits.searches), "items": {"$ref": "#/components/schemas/SearchRequest"}}
        }
      },
      "SearchResponses": {
        "type": "object", "required": ["responses"],
        "properties": {"responses": {"type": "array", "items": {"$ref": "#/components/schemas/SearchResponse"}}}
      },
      "Index": {
        "type": "object", "required": ["state", "type"],
        "properties": {
          "state": {"enum": ["ready", "building", "none", "invalid"]}, "type": {"enum": ["hnsw", "ivfflat", "exact"]},
          "m": {"type": "integer"}, "ef_construction": {"type": "integer"}, "lists": {"type": "integer"},
          "count": {"type": "integer"}, "bytes": {"type": "integer"}, "details": {"type": "object"}
        }
      },
      "IndexSpecification": {
        "type": "object", "additionalProperties": false,
        "properties": {
          "type": {"enum": ["hnsw", "ivfflat", "exact"], "default": "hnsw"},
          "m": {"type": "integer", "minimum": 2, "maximum": 128, "description": "For hnsw."},
          "ef_construction": {"type": "integer", "minimum": 4, "maximum": 4096, "description": "For hnsw."},
          "lists": {"type": "integer", "minimum": 1, "maximum": 32768, "description": "For ivfflat."},
          "concurrently": {"type": "boolean", "default": false}
        }
      },
      "Statistics": {
        "type": "object", "required": ["count", "index", "service"],
        "properties": {
          "count": {"type": "integer"}, "model": {"type": "string"}, "dimension": {"type": "integer"},
          "metric": {"type": "string"}, "normalized": {"type": "boolean"}, "embedder": {"type": "string"},
          "bytes": {"type": "integer"}, "index": {"$ref": "#/components/schemas/Index"}, "details": {"type": "object"},
          "service": {"type": "object"}
        }
      },
      "Ingested": {
        "type": "object", "required": ["added", "updated", "skipped", "deleted", "failed"],
        "properties": {
          "added": {"type": "integer"}, "updated": {"type": "integer"}, "skipped": {"type": "integer"},
          "deleted": {"type": "integer"}, "failed": {"type": "integer"}
        }
      },
      "EmbeddingRequest": {
        "type": "object", "required": ["input"], "additionalProperties": false,
        "properties": {
          "input": {"oneOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1, "maxItems": \#(limits.texts)}
          ]},
          "model": {"type": "string", "default": "default"},
          "encoding_format": {"enum": ["float", "base64"], "default": "float"},
          "dimensions": {"type": "integer", "minimum": 1, "description": "If given, the model's."},
          "user": {},
          "input_type": {"enum": ["passage", "query"], "default": "passage"}
        }
      },
      "EmbeddingResponse": {
        "type": "object", "required": ["object", "data", "model", "usage"],
        "properties": {
          "object": {"const": "list"}, "model": {"type": "string"},
          "data": {"type": "array", "items": {
            "type": "object", "required": ["object", "index", "embedding"],
            "properties": {
              "object": {"const": "embedding"}, "index": {"type": "integer"},
              "embedding": {"oneOf": [{"$ref": "#/components/schemas/Vector"}, {"type": "string"}]}
            }
          }},
          "usage": {"type": "object"}
        }
      },
      "Models": {
        "type": "object", "required": ["object", "data"],
        "properties": {"object": {"const": "list"}, "data": {"type": "array", "items": {"type": "object"}}}
      },
      "Health": {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}},
      "Ready": {
        "type": "object", "required": ["status", "store", "embedder"],
        "properties": {
          "status": {"const": "ready"}, "store": {"const": "ok"}, "embedder": {"enum": ["ok", "none"]}
        }
      },
      "Problem": {
        "type": "object", "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": {
          "type": {"const": "about:blank"}, "title": {"type": "string"}, "status": {"type": "integer"},
          "code": {"type": "string"}, "detail": {"type": "string"}, "path": {"type": "string"},
          "request_id": {"type": "string"}
        }
      },
      "OpenAIError": {
        "type": "object", "required": ["error"],
        "properties": {"error": {
          "type": "object", "required": ["message", "type", "param", "code"],
          "properties": {
            "message": {"type": "string"}, "type": {"type": "string"}, "param": {"type": ["string", "null"]},
            "code": {"type": "string"}
          }
        }}
      }
    }
    """#
  }
}
