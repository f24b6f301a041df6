// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// How a tsvector was made, and so how it is to be asked.
package struct KeywordConfiguration: Sendable, Hashable {
  /// What the text went through before `to_tsvector`.
  package enum TextForm: Sendable, Hashable {
    /// Accents are folded, Chinese and Japanese characters stand alone, punctuation is gone: what ``KeywordText`` makes.
    case folded
    /// Nothing: `to_tsvector(config, content)`, as Python's LangChain fills its columns. Chinese and Japanese words are found
    /// only as PostgreSQL's parser cuts them, which is a whole run of characters.
    case plain
  }

  /// Our own columns: no stemming, no stop words, any language.
  package static let simple = KeywordConfiguration(name: "\"pg_catalog\".\"simple\"", form: .folded)

  /// The name as the type regconfig reads it, its identifiers quoted.
  package let name: String
  package let form: TextForm

  private init(name: String, form: TextForm) { (self.name, self.form) = (name, form) }

  /// - Parameter configuration: the name of a text search configuration, with or without its schema: `pg_catalog.english`.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for what is no name.
  package init(_ configuration: String, form: TextForm) throws {
    let names = try configuration.split(separator: ".", omittingEmptySubsequences: false)
      .map { try SQLIdentifier(String($0), what: "text search configuration") }
    guard names.count <= 2 else {
      throw VectorStoreError(
        .invalidArgument, "'\(configuration)' is no name of a text search configuration; such as pg_catalog.english")
    }
    self.init(name: names.map(\.description).joined(separator: "."), form: form)
  }

  /// The configuration in a statement.
  var parameter: SQLText { "\(bind: .text(name))::regconfig" }
  /// The configuration in a definition, which takes no parameters. Its identifiers are quoted, and so is the whole.
  var constant: SQLText { "\(SQLText.literal(name))::regconfig" }
}

extension SQLText {
  /// A string constant, for definitions (DDL) only, which take no parameters.
  static func literal(_ text: String) -> SQLText {
    var quoted = "E'"
    for scalar in text.unicodeScalars {
      if scalar == "'" || scalar == "\\" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return SQLText(stringLiteral: quoted + "'")
  }
}
