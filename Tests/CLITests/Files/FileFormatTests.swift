// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite("files of all kinds become passages")
struct FileFormatTests {
  private func passages(_ bytes: [UInt8], as name: String, _ options: String...) throws -> [JSONValue] {
    let folder = try TemporaryFolder()
    try folder.write(bytes, as: name)
    let arguments = ["ingest", name, "--store", "s.db", "--embedder", "hashing:16"] + options
    let outcome = try BuiltCommand.run(arguments, in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try folder.documents()
  }

  private func passages(_ text: String, as name: String) throws -> [JSONValue] {
    try passages(Array(text.utf8), as: name)
  }

  @Test("HTML: text without navigation and scripts, title, headings, references")
  func html() throws {
    let page = """
      <!DOCTYPE html><HTML><head><title>Tea &amp; T&eacute;a</title><style>p { color: red }</style>
      <body><nav><a href="x">Menu</a></nav><h1>Tea</h1><p>Tea is a <b>drink</b>.<script>var x = "<p>no</p>"</script>
      <!-- a comment --><p>1 &lt; 2 &#8212; &#x1F375; &unknown; a<1 b
      <h2 class='x>y'>Green</h2><ul><li>Sencha<li>Matcha</ul>
      <table><tr><td>a<td>b<tr><td>c</table><h2>White</h2><pre>x  y
       z</pre></body></html>
      """
    let found = try passages(page, as: "page.html")
    #expect(
      found.compactMap { $0["content"]?.stringValue } == [
        "Tea\n\nTea is a drink.\n\n1 < 2 — 🍵 &unknown; a<1 b",
        "Green\n\n- Sencha\n- Matcha\n\na\tb\nc", "White\n\nx  y\n z",
      ])
    #expect(found.allSatisfy { $0["metadata"]?["title"] == "Tea & Téa" })
    #expect(found.map { $0["metadata"]?["heading_path"] } == [["Tea"], ["Tea", "Green"], ["Tea", "White"]])
  }

  @Test("HTML that is not closed, or hardly there")
  func brokenHTML() throws {
    #expect(try passages("just text", as: "a.html").first?["content"] == "just text")
    #expect(try passages("<nav>menu<h1>Title</h1>text", as: "a.html").first?["content"] == "Title\n\ntext")
    #expect(try passages("<head><title>T<p>", as: "a.html").isEmpty)
    #expect(try passages("a < b <", as: "a.html").first?["content"] == "a < b <")
    #expect(try passages("x<script>while(1)", as: "a.html").first?["content"] == "x")
    let latin = Array("<meta charset=iso-8859-1>caf".utf8) + [0xE9]
    #expect(try passages(latin, as: "a.html").first?["content"] == "café")
  }

  @Test("2,000 damaged pages: each is a page or a report, never a crash")
  func mutations() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(7)
    let seed = Array(
      "<html><head><title>A&amp;B</title><body><h1 id=\"x\" y='z'>H</h1><p>text &#233; <!-- c --><pre> p </pre><script>s</script><td>ü文"
        .utf8)
    let alphabet = Array("<>/!-&;#'\"= \u{0}ax\u{7F}".utf8) + [0xFF, 0xC3, 0xE6]
    for number in 0..<2_000 {
      var page = seed
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let place = Int.random(in: 0..<page.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: page[place] = alphabet.randomElement(using: &random) ?? 0
        case 1: page.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        case 2: page.removeSubrange(place..<min(place + 5, page.count))
        default: page.removeLast(min(page.count - 1, Int.random(in: 0..<20, using: &random)))
        }
        if page.isEmpty { page = [UInt8(ascii: "<")] }
      }
      try folder.write(page, as: "pages/\(number).html")
    }
    let counts = try folder.ingest("pages", "--dry-run")
    #expect(counts.status == 0 || counts.status == 3)
    #expect(counts.added > 500)
  }

  @Test("CSV: quotes, line ends, types, ragged rows")
  func csv() throws {
    let table =
      "\u{FEFF}id,content,year,flag,zip,empty\r\n1,\"a \"\"b\"\"\r\nc, d\",2020,true,007,\r\n2,short\r\n\r\n3,long,1.5,x,9,,more\r\n"
    let found = try passages(table, as: "t.csv")
    #expect(found.map { $0["id"] } == ["1", "2", "3"])
    #expect(found.first?["content"] == "a \"b\"\r\nc, d")
    #expect(found.first?["metadata"]?["year"] == 2020)
    #expect(found.first?["metadata"]?["flag"] == true)
    #expect(found.first?["metadata"]?["zip"] == "007")
    #expect(found.first?["metadata"]?["empty"] == nil)
    #expect(found.last?["metadata"]?["year"] == 1.5)
    #expect(found.last?["metadata"]?["extra"] == ["more"])
    let named = try passages(
      Array("key\tbody text\nk\thello\n".utf8), as: "t.tsv", "--content-field", "body text", "--id-field", "key")
    #expect(named.first?["id"] == "k")
    #expect(named.first?["content"] == "hello")
  }

  @Test("JSON Lines: ids, metadata, further members")
  func jsonLines() throws {
    let text = """
      {"id": 7, "text": "seven", "metadata": {"lang": "en", "n": 1.0}, "stars": 9007199254740993}

      {"id": "x", "content": "ix", "embedding": [1, 2]}
      """
    let found = try passages(text, as: "t.jsonl")
    #expect(found.map { $0["id"] } == ["7", "x"])
    #expect(found.first?["metadata"]?["n"] == 1.0)
    #expect(found.first?["metadata"]?["stars"] == 9_007_199_254_740_993)
    #expect(found.last?["metadata"]?["embedding"] == nil)
  }

  @Test("text in UTF-8 and UTF-16 with marks, and in what is asked for")
  func encodings() throws {
    #expect(try passages([0xEF, 0xBB, 0xBF] + Array("ü".utf8), as: "a.txt").first?["content"] == "ü")
    #expect(try passages([0xFF, 0xFE, 0x2D, 0x4E], as: "a.txt").first?["content"] == "中")
    #expect(try passages([0xFE, 0xFF, 0x4E, 0x2D], as: "a.txt").first?["content"] == "中")
    #expect(try passages([0x80, 0xE9], as: "a.txt", "--encoding", "windows-1252").first?["content"] == "€é")
    #expect(try passages([0xE9], as: "a.txt", "--encoding", "latin1").first?["content"] == "é")
  }

  @Test("Markdown: the text's places and headings; headings alone are no passages")
  func markdown() throws {
    let found = try passages("# Guide #\n\n## Use\n\nüse it\n\n```\n# no heading\n```\n", as: "a.md")
    #expect(found.count == 1)
    #expect(found.first?["metadata"]?["title"] == "Guide")
    #expect(found.first?["metadata"]?["heading_path"] == ["Guide", "Use"])
    #expect(found.first?["metadata"]?["start_index"] == 11)
    let long = try passages(
      Array(String(repeating: "word ", count: 100).utf8), as: "a.txt", "--chunk-size", "100", "--chunk-overlap", "20")
    #expect(long.count > 5)
    #expect(long.allSatisfy { ($0["content"]?.stringValue?.count ?? 0) <= 100 })
  }

  @Test("a PDF file is read by pdftotext, or it is said how to get that")
  func pdf() throws {
    let folder = try TemporaryFolder()
    try folder.write("%PDF-1.4 damaged", as: "a.pdf")
    try folder.write("good", as: "b.txt")
    let outcome = try folder.run(
      "ingest", "a.pdf", "b.txt", "--store", "s.db", "--embedder", "hashing:8", environment: ["PATH": "/nowhere"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("poppler-utils"))
    // One that prints the file it is given, in two pages.
    let tool = try folder.write("#!/bin/sh\nprintf 'page one\\014page two' > \"$5\"\n", as: "bin/pdftotext")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
    let second = try folder.run(
      "ingest", "a.pdf", "--store", "s.db", environment: ["PATH": "\(folder.path("bin")):/usr/bin:/bin"])
    #expect(second.status == 0, "\(second.errors)")
    let pages = try folder.documents().filter { $0["metadata"]?["source"] == "a.pdf" }
    #expect(pages.map { $0["content"] } == ["page one", "page two"])
    #expect(pages.map { $0["metadata"]?["page"] } == [1, 2])
  }
}
