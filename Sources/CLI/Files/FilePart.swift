// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A text of a file that stands for itself: all of it, a page, a section, or a row of a table.
struct FilePart {
  /// How the text is cut into chunks.
  enum Form {
    case plain, markdown
  }

  /// The text.
  var text: String
  /// How it is cut.
  var form: Form = .plain
  /// The id that the file gives it.
  var id: String?
  /// What is known about it.
  var metadata: JSONObject = [:]
  /// The headings that all of it lies under.
  var headingPath: [String] = []
  /// Where it begins in the file's text, in Unicode scalars.
  var scalarOffset = 0
}
