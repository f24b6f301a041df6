// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Cuts the texts of a file into the documents that are stored.
///
/// Each knows its `source`, its number in it (`chunk`), where it begins (`start_index`, in Unicode scalars of the file's
/// text, for rows of tables of the row's), and its headings (`heading_path`), beside what the file says of it.
struct Chunker: Sendable {
  private let plain: RecursiveTextSplitter
  private let markdown: MarkdownSplitter

  /// A chunker of this size in characters, whose chunks fit in the window of the embedder's model where it has one.
  init(size: Int, overlap: Int, embedder: (any Embedder)?) throws {
    let size = try ModelWindow(of: embedder)?.size(size, overlap: overlap) ?? .characters(size, overlap: overlap)
    plain = RecursiveTextSplitter(size: size)
    markdown = MarkdownSplitter(size: size)
  }

  /// The documents of a file.
  func documents(of parts: [FilePart], source: String) -> [Document] {
    var pieces: [Piece] = []
    for part in parts { pieces += self.pieces(of: part) }
    pieces = Self.withoutBareHeadings(pieces)
    return pieces.enumerated().map { number, piece in
      var metadata: JSONObject = ["source": .string(source)]
      // A row that says itself where it is from keeps that, as in Core.
      for (key, value) in piece.part.metadata { metadata[key] = value }
      metadata["chunk"] = .integer(Int64(piece.part.id == nil ? number : piece.number))
      metadata["start_index"] = .integer(Int64(piece.part.scalarOffset + piece.chunk.scalarOffset))
      if !piece.headingPath.isEmpty { metadata["heading_path"] = .array(piece.headingPath.map { .string($0) }) }
      return Document(id: piece.id, content: piece.chunk.text, metadata: metadata)
    }
  }

  private struct Piece {
    let part: FilePart
    let chunk: TextChunk
    /// Which of its part it is, and of how many.
    let number: Int
    let count: Int

    var headingPath: [String] { part.headingPath + chunk.headingPath }

    /// The part's own id where it was not cut; `id#n` where it was.
    var id: String? { part.id.map { count == 1 ? $0 : "\($0)#\(number)" } }

    /// Whether it holds its heading and no more.
    var isBareHeading: Bool {
      guard let heading = headingPath.last else { return false }
      let text = chunk.text.drop { $0 == "#" }.trimmingPrefix { $0.isWhitespace }
      return text.prefix(heading.count) == heading
        && text.dropFirst(heading.count).allSatisfy { $0 == "#" || $0.isWhitespace }
    }
  }

  private func pieces(of part: FilePart) -> [Piece] {
    let chunks = part.form == .markdown ? markdown.split(part.text) : plain.split(part.text)
    return chunks.enumerated().map { Piece(part: part, chunk: $1, number: $0, count: chunks.count) }
  }

  /// A heading above another heading says nothing that the heading path of what follows does not say, and as a passage of
  /// its own it would be found in the place of an answer.
  private static func withoutBareHeadings(_ pieces: [Piece]) -> [Piece] {
    pieces.enumerated().compactMap { place, piece in
      guard piece.isBareHeading, place + 1 < pieces.count else { return piece }
      let (path, next) = (piece.headingPath, pieces[place + 1].headingPath)
      return next.count > path.count && next.starts(with: path) ? nil : piece
    }
  }
}
