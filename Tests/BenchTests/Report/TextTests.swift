// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct TextTests {
  @Test func numbersAreAsAReaderWantsThem() {
    #expect(
      [12345.6, 98.7, 999.6, 1_234_567, 3.14159].map(NumberText.rate) == ["12,300", "99", "1,000", "1,230,000", "3.1"])
    #expect(NumberText.rate(nil) == "–")
    #expect(NumberText.ratio(5, to: 2) == "2.50 ×")
    #expect(NumberText.ratio(5, to: nil) == "–")
    #expect([0.8103, 1.4836, 75.06].map(NumberText.seconds) == ["0.810", "1.5", "75.1"])
    #expect(
      [3.18, 31.4, 1240, 12_400, 2.5e6].map { NumberText.latency(microseconds: $0) } == [
        "3.2 µs", "31 µs", "1.24 ms", "12.4 ms", "2.50 s",
      ])
    #expect(
      [0.5, 0.0971, 0.01, 0.00083, 0.999, 0.0975, 0.0999].map(NumberText.percent) == [
        "50 %", "9.7 %", "1 %", "0.083 %", "100 %", "9.8 %", "10 %",
      ])
    #expect([999, 62_406_656, 528_000_000_000].map { NumberText.bytes($0) } == ["999 bytes", "62.4 MB", "528 GB"])
    #expect(NumberText.fixed(-0.049, 1) == "0.0")
    #expect(NumberText.fixed(.nan, 1) == "–")
    #expect([5.0, 65, 3599.6].map(NumberText.clock) == ["0:05", "1:05", "60:00"])
  }

  @Test func filtersHaveNames() {
    func name(_ filter: String, _ share: Double) -> String {
      FilterText.name(FilterKey(name: filter, selectivity: share), categories: ["a", "noun.food"])
    }
    #expect(name("random", 0.001) == "random 0.1 %")
    #expect(name("category=1", 0.086) == "noun.food 8.6 %")
    #expect(name("category=7", 0.086) == "category=7 8.6 %")
    #expect(name("category=-1", 0.086) == "category=-1 8.6 %")
    #expect(name("category=1+3", 0.5) == "2 categories 50 %")
    #expect(name("category=", 0.5) == "category= 50 %")
  }

  @Test(arguments: [
    (["a", "b c"], "a,b c\n"), (["a,b", "c"], "\"a,b\",c\n"), (["say \"hi\""], "\"say \"\"hi\"\"\"\n"),
    (["two\nlines", "\r"], "\"two\nlines\",\"\r\"\n"), (["", ""], ",\n"), (["é;<>"], "é;<>\n"),
  ])
  func cellsAreEscapedAsRFC4180HasIt(cells: [String], line: String) {
    #expect(CSVTable.line(cells) == line)
  }

  @Test func everyPointIsALineOfTheCSV() throws {
    let filter = FilterKey(name: "random", selectivity: 0.25)
    let record = try MadeResults.record(
      "x", label: "a, \"b\"",
      rounds: [[MadeResults.point(10, 0.5, 250), MadeResults.point(10, 1, 500, filter: filter)]])
    let lines = CSVTable.text([try MadeResults.dataset([record])]).split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("dataset,id,label,engine,"))
    #expect(
      lines[1]
        == #"made,x,"a, ""b""",fake-one,1.2,float32,1,1.5,1234567,600000,,,10,0.5,250.0,250.0,250.0,,,4000.0,8000.0,12000.0"#
    )
    #expect(lines[2].contains(",random,0.25,10,1.0,500.0,"))
  }

  @Test func theTableIsMarkdown() throws {
    let filter = FilterKey(name: "random", selectivity: 0.1)
    let rounds = [1.0, 2, 4].map { (factor: Double) -> [CurvePoint] in
      [
        MadeResults.point(10, 0.9, 100 * factor), MadeResults.point(20, 1, 50 * factor),
        MadeResults.point(10, 0.5, 70, filter: filter),
      ]
    }
    var dataset = try MadeResults.dataset([
      try MadeResults.record("x", label: "a|b<script>", engine: "hnswlib", rounds: rounds),
      try MadeResults.record("y", engine: "swift-hnsw", storage: "int8", rounds: [[MadeResults.point(5, 0.97, 300)]]),
    ])
    dataset.failures = [EngineFailure(engine: "<z>", during: "start", message: "no\nluck")]
    let text = MarkdownReport.text([dataset])
    #expect(text.contains("**made**: 1,000 × 8, l2, recall@10"))
    #expect(text.contains("| a\\|b&lt;script> | 141 (71–283) |"))
    #expect(text.contains("| y | ≥ 300 (300–300) | – | 2.12 × / – | 0.9700 | 1.5 | 600 |"))
    #expect(text.contains("not reached; 0.500 at 70"))
    #expect(text.contains("Failed: &lt;z> (start): no luck"))
    #expect(!text.contains("<script"))
    let widths = text.split(separator: "\n").filter { $0.hasPrefix("| y") || $0.hasPrefix("| engine") }
      .map { line in line.count { $0 == "|" } }
    #expect(Set(widths).count == 1)
  }

  @Test(arguments: [20, 80, 500])
  func theTerminalPlotKeepsToItsWidth(width: Int) throws {
    let engines = try (0..<60).map { (number: Int) throws -> EngineRecord in
      try MadeResults.record(
        "engine \(number)", label: "engine \(number)\u{1B}[31m\n",
        rounds: [
          [MadeResults.point(10, 0.4 + Double(number) / 200, Double(number + 1) * 10), MadeResults.point(20, 1, 3)]
        ])
    }
    let text = TerminalPlot(try MadeResults.dataset(engines), width: width).text
    #expect(!text.contains("\u{1B}"))
    let plot = text.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") || $0.contains("└") }
    #expect(plot.count == 21)
    #expect(plot.allSatisfy { $0.count <= max(40, min(width, 120)) })
    #expect(text.contains("  A  engine 0"))
    #expect(text.contains("*"))
  }

  @Test func aPlotWithoutCurvesSaysSo() throws {
    #expect(TerminalPlot(try MadeResults.dataset([])).text.contains("(no curves)"))
    let exact = try MadeResults.record("x", rounds: [[MadeResults.point(0, 1, 100)]])
    #expect(TerminalPlot(try MadeResults.dataset([exact])).text.contains("(no curves)"))
  }
}
