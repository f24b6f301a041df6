// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Reads `tokenizer.json`, the format of the `tokenizers` library. Its truncation and padding are left to the caller.
struct TokenizerFile {
  private let file: ConfigurationFile
  private let model: ConfigurationFile
  private let vocabulary: ConfigurationFile
  private var description: TokenizerDescription

  /// The tokenizer of a model folder, from the first of `tokenizer.json` and `vocab.txt` that is there.
  static func read(_ folder: ModelFolder, subfolder: String) throws -> TokenizerDescription {
    let start = subfolder.isEmpty ? "" : subfolder + "/"
    if folder.has(start + "tokenizer.json") { return try TokenizerFile(folder, start + "tokenizer.json").description }
    if folder.has(start + "vocab.txt") { return try VocabularyFile.read(folder, start + "vocab.txt") }
    for (name, kind) in [
      ("sentencepiece.bpe.model", "SentencePiece"), ("spiece.model", "SentencePiece"), ("merges.txt", "BPE"),
    ]
    where folder.has(start + name) {
      throw ModelError.unsupported(start + name, "the model has a \(kind) tokenizer; only WordPiece is implemented")
    }
    throw VectorStoreError(
      .notFound,
      "the model has no tokenizer: neither \(start)tokenizer.json nor \(start)vocab.txt is in \(folder.path)",
      context: [.file: start + "tokenizer.json"])
  }

  private init(_ folder: ModelFolder, _ name: String) throws {
    file = try folder.configuration(name)
    guard let model = try file.objectIfPresent("model") else { throw file.missing("model", "the tokenizer's model") }
    self.model = model
    let kind = try model.stringIfPresent("type") ?? "unnamed"
    guard kind == "WordPiece" else {
      throw ModelError.unsupported(name, "the tokenizer's model is \(kind); only WordPiece is implemented")
    }
    guard let vocabulary = try model.objectIfPresent("vocab") else {
      throw model.missing("vocab", "tokens and their ids")
    }
    var tokens: [(token: String, id: Int32)] = []
    tokens.reserveCapacity(vocabulary.object.count)
    for (token, value) in vocabulary.object {
      tokens.append((token, try Self.id(value) ?? { throw vocabulary.wrong(token, "a token's id", value) }()))
    }
    self.vocabulary = vocabulary
    let unknown = try model.string("unk_token")
    guard let unknownID = vocabulary.object[unknown].flatMap(Self.id) else {
      throw ModelError.corrupt(name, "the unknown token \"\(unknown)\" is not in the vocabulary")
    }
    description = TokenizerDescription(vocabulary: tokens, unknownID: unknownID)
    description.continuationPrefix = try model.stringIfPresent("continuing_subword_prefix") ?? "##"
    description.longestWord = try model.integerIfPresent("max_input_chars_per_word", in: 1...100_000) ?? 100
    description.normalizer = try normalizer()
    try checkPreTokenizer()
    try readAddedTokens()
    try readPostProcessor()
  }

  private func normalizer() throws -> BertNormalizer? {
    guard let settings = try single("normalizer", list: "normalizers") else { return nil }
    let kind = try settings.stringIfPresent("type") ?? "unnamed"
    guard kind == "BertNormalizer" else {
      throw ModelError.unsupported(file.name, "the normalizer is \(kind); only BertNormalizer is implemented")
    }
    return BertNormalizer(
      cleansText: try settings.boolIfPresent("clean_text") ?? true,
      padsChinese: try settings.boolIfPresent("handle_chinese_chars") ?? true,
      stripsAccents: try settings.boolIfPresent("strip_accents"),
      lowercases: try settings.boolIfPresent("lowercase") ?? true)
  }

  private func checkPreTokenizer() throws {
    let kind = try single("pre_tokenizer", list: "pretokenizers")?.stringIfPresent("type") ?? "none"
    guard kind == "BertPreTokenizer" else {
      throw ModelError.unsupported(file.name, "the pre-tokenizer is \(kind); only BertPreTokenizer is implemented")
    }
  }

  /// The object under `key`, or the only one of a sequence.
  private func single(_ key: String, list: String) throws -> ConfigurationFile? {
    guard let step = try file.objectIfPresent(key) else { return nil }
    guard try step.stringIfPresent("type") == "Sequence", let steps = try step.arrayIfPresent(list), steps.count == 1
    else { return step }
    return try ConfigurationFile(name: file.name, value: steps[0])
  }

  private mutating func readAddedTokens() throws {
    for value in try file.arrayIfPresent("added_tokens") ?? [] {
      let entry = try ConfigurationFile(name: file.name, value: value)
      let text = try entry.string("content")
      let written = try entry.integer("id", in: 0...Int(Int32.max) - 1)
      let isNormalized = try entry.boolIfPresent("normalized") ?? false
      var content = Array(text.utf8)
      if isNormalized, let normalizer = description.normalizer {
        content.removeAll()
        Array(text.utf8).withUnsafeBufferPointer { normalizer.normalize($0, into: &content) }
      }
      let token = AddedToken(
        content: content, id: vocabulary.object[text].flatMap(Self.id) ?? Int32(written),
        isSingleWord: try entry.boolIfPresent("single_word") ?? false,
        stripsLeft: try entry.boolIfPresent("lstrip") ?? false,
        stripsRight: try entry.boolIfPresent("rstrip") ?? false)
      if isNormalized { description.normalizedTokens.append(token) } else { description.rawTokens.append(token) }
    }
  }

  private mutating func readPostProcessor() throws {
    guard let processor = try single("post_processor", list: "processors") else { return }
    switch try processor.stringIfPresent("type") ?? "unnamed" {
    case "TemplateProcessing": try readTemplate(processor)
    case "BertProcessing":
      description.prefixIDs = [try pairID(processor, "cls")]
      description.suffixIDs = [try pairID(processor, "sep")]
    case let kind:
      throw ModelError.unsupported(
        file.name, "the post-processor is \(kind); TemplateProcessing and BertProcessing are implemented")
    }
  }

  private mutating func readTemplate(_ processor: ConfigurationFile) throws {
    guard let items = try processor.arrayIfPresent("single") else { throw processor.missing("single", "a template") }
    let specials = try processor.objectIfPresent("special_tokens")
    var seenText = false
    for item in items {
      let part = item["Sequence"] ?? item["SpecialToken"]
      guard part?["type_id"]?.integerValue == 0 else {
        throw ModelError.unsupported(file.name, "the template's \"single\" has another type id than 0")
      }
      if item["Sequence"] != nil {
        guard !seenText else { throw ModelError.unsupported(file.name, "the template repeats the text") }
        seenText = true
        continue
      }
      guard let name = part?["id"]?.stringValue, let values = specials?.object[name]?["ids"]?.arrayValue else {
        throw ModelError.corrupt(file.name, "the template's \"single\" names a special token that is not described")
      }
      let ids = try values.map { value in try Self.id(value) ?? { throw processor.wrong("ids", "token ids", value) }() }
      if seenText { description.suffixIDs += ids } else { description.prefixIDs += ids }
    }
    guard seenText else { throw ModelError.corrupt(file.name, "the template's \"single\" leaves the text out") }
  }

  /// The id in `["[CLS]", 101]`.
  private func pairID(_ processor: ConfigurationFile, _ key: String) throws -> Int32 {
    guard let pair = try processor.arrayIfPresent(key), pair.count == 2, let id = Self.id(pair[1]) else {
      throw processor.missing(key, "a token and its id")
    }
    return id
  }

  private static func id(_ value: JSONValue) -> Int32? {
    value.integerValue.flatMap { $0 >= 0 && $0 < Int64(Int32.max) ? Int32($0) : nil }
  }
}
