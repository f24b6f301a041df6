// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The answer to a search as it is sent.
struct SearchAnswer {
  let response: SearchResponse
  /// The words to be marked; nil marks nothing.
  let words: String?

  /// `{"results": […], "explanation"?}`.
  var object: JSONObject {
    var object: JSONObject = ["results": .array(results)]
    object["explanation"] = response.explanation.map { .object($0) }
    return object
  }

  /// The hits.
  var results: [JSONValue] {
    let words = words.map { QueryWords($0) }
    return response.hits.map { hit in
      var object = ResultJSON.hit(hit)
      if !hit.vector.isEmpty { object["embedding"] = ResultJSON.vector(hit.vector) }
      if let words {
        object["matches"] = .array(Self.places(words.matches(in: hit.document.content), hit.document.content))
      }
      return .object(object)
    }
  }

  /// Ranges as JavaScript counts: UTF-16 units, the end not included.
  private static func places(_ ranges: [Range<String.Index>], _ text: String) -> [JSONValue] {
    var (place, units) = (text.startIndex, 0)
    func count(to index: String.Index) -> JSONValue {
      units += text.utf16.distance(from: place, to: index)
      place = index
      return .integer(Int64(units))
    }
    return ranges.map { range in
      let start = count(to: range.lowerBound)
      return .array([start, count(to: range.upperBound)])
    }
  }
}
