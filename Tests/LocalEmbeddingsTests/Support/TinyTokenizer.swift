// SPDX-License-Identifier: Apache-2.0

/// The `tokenizer.json` of a small vocabulary that has `[CLS]` and its like.
enum TinyTokenizer {
  static func json(_ vocabulary: [String], model: String = "WordPiece", lowercase: Bool = true) -> String {
    func id(_ token: String) -> Int { vocabulary.firstIndex(of: token) ?? 0 }
    let entries = vocabulary.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",")
    let added = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map {
      "{\"id\":\(id($0)),\"content\":\"\($0)\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}"
    }
    return """
      {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added.joined(separator: ","))],
       "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":\(lowercase)},
       "pre_tokenizer":{"type":"BertPreTokenizer"},
       "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},
         {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],"pair":[],
         "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[\(id("[CLS]"))],"tokens":["[CLS]"]},
           "[SEP]":{"id":"[SEP]","ids":[\(id("[SEP]"))],"tokens":["[SEP]"]}}},
       "model":{"type":"\(model)","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
         "vocab":{\(entries)}}}
      """
  }
}
