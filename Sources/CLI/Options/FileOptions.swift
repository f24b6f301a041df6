// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Which files are read, and how.
struct FileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "In folders, only files whose paths fit, such as '**/*.md' or '*.{md,txt}'; may be repeated. (default: all of a known kind)",
      valueName: "pattern"))
  var glob: [String] = []

  @Option(help: ArgumentHelp("What '-' holds.", valueName: "format"))
  var stdinFormat: FileFormat = .text

  @Option(help: ArgumentHelp("What '-' is called as a source.", valueName: "name"))
  var stdinSource = "stdin"

  @Option(help: "How texts without a byte-order mark are encoded. (default: utf-8)")
  var encoding: TextEncoding?

  @Option(
    help: ArgumentHelp(
      "In .csv, .tsv and .jsonl: where the text is. (default: content, text, page_content, body, document or passage)",
      valueName: "name"))
  var contentField: String?

  @Option(help: ArgumentHelp("In .csv, .tsv and .jsonl: where the id is.", valueName: "name"))
  var idField = "id"

  @Flag(help: "In .csv and .tsv: keep numbers and true/false as strings.")
  var stringColumns = false

  init() {}

  /// How files are read.
  var readingOptions: ReadingOptions {
    ReadingOptions(
      encoding: encoding, contentName: contentField, idName: idField, keepsStrings: stringColumns)
  }

  /// The files of paths.
  func walk(_ paths: [String]) -> FileWalk {
    FileWalk(
      paths: paths, globs: glob,
      standardInput: FileWalk.File(path: nil, source: stdinSource, format: stdinFormat))
  }
}
