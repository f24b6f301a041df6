// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Reads `vocab.txt`, a token a line, the line's number from 0 being the id: the form that came before
/// `tokenizer.json`. The rest is as BERT's own tokenizer has it.
enum VocabularyFile {
  static func read(_ folder: ModelFolder, _ name: String) throws -> TokenizerDescription {
    let bytes = try folder.map(name).contents
    var vocabulary: [(token: String, id: Int32)] = []
    // Lines end at line feeds alone: a token may be any other character.
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    for line in bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let token = String(validating: text, as: UTF8.self), let id = Int32(exactly: vocabulary.count) else {
        throw ModelError.corrupt(name, "line \(vocabulary.count + 1) is not UTF-8").adding([
          .line: "\(vocabulary.count + 1)"
        ])
      }
      vocabulary.append((token, id))
    }
    let ids = Dictionary(vocabulary.map { (ByteKeyed($0.token), $0.id) }, uniquingKeysWith: { $1 })
    let settings = try folder.configurationIfPresent("tokenizer_config.json")
    let kind = try settings?.stringIfPresent("tokenizer_class") ?? "BertTokenizer"
    guard kind.hasPrefix("BertTokenizer") else {
      throw ModelError.unsupported(
        "tokenizer_config.json", "the tokenizer is \(kind); only BertTokenizer is implemented")
    }
    func id(_ key: String, _ usual: String) throws -> Int32? {
      ids[ByteKeyed(settings?.object[key]?.stringValue ?? usual)]
    }
    guard let unknown = try id("unk_token", "[UNK]"), let cls = try id("cls_token", "[CLS]"),
      let sep = try id("sep_token", "[SEP]")
    else {
      throw ModelError.corrupt(name, "the vocabulary lacks one of the tokens [UNK], [CLS] and [SEP]")
    }
    var description = TokenizerDescription(vocabulary: vocabulary, unknownID: unknown)
    description.prefixIDs = [cls]
    description.suffixIDs = [sep]
    description.normalizer = BertNormalizer(
      cleansText: true, padsChinese: try settings?.boolIfPresent("tokenize_chinese_chars") ?? true,
      stripsAccents: try settings?.boolIfPresent("strip_accents"),
      lowercases: try settings?.boolIfPresent("do_lower_case") ?? true)
    for (key, usual) in [
      ("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"),
      ("mask_token", "[MASK]"),
    ] {
      let content = settings?.object[key]?.stringValue ?? usual
      guard let id = ids[ByteKeyed(content)] else { continue }
      description.rawTokens.append(
        AddedToken(content: Array(content.utf8), id: id, isSingleWord: false, stripsLeft: false, stripsRight: false))
    }
    return description
  }
}
