// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LocalEmbeddings

/// `vectorstore-bench tokenize`: the ids that a model's tokenizer makes of texts, for comparison with other tokenizers.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Writes the token ids of texts: a JSON string a line in, an array of ids a line out.")

  @Option(help: ArgumentHelp("The folder of the model.", valueName: "dir"))
  var model: String

  @Option(help: ArgumentHelp("The texts, each a JSON string on a line of its own.", valueName: "file"))
  var texts: String

  func run() throws {
    let tokenizer = try WordPieceTokenizer(folder: model)
    var output = ""
    for text in try TextLines.read(texts) {
      output += "[" + tokenizer.ids(of: text).map(String.init).joined(separator: ",") + "]\n"
    }
    FileHandle.standardOutput.write(Data(output.utf8))
  }
}
