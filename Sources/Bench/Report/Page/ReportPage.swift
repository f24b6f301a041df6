// SPDX-License-Identifier: Apache-2.0

/// `report.html`: one file that needs no other, for light and dark, for paper and for a phone.
package enum ReportPage {
  private static let title = "Vector search, measured"

  /// The document, which is well-formed XML, too.
  package static func text(_ datasets: [ComparedDataset]) -> String {
    let styles = EngineStyles(datasets)
    let head: [Markup] = [
      .tag("meta", ["charset": "utf-8"]),
      .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .tag("meta", ["name": "color-scheme", "content": "light dark"]),
      .tag("title", [:], text: title), .tag("style", [:], [.raw("\n" + PageStyle.text)]),
    ]
    var main = [heading(datasets)]
    main.append(LegendSection.drawn(styles))
    for (number, dataset) in datasets.enumerated() {
      main.append(
        DatasetSection(dataset, number: number, styles: styles, statesMachine: sharedMachine(datasets) == nil).drawn)
    }
    main.append(MethodSection.drawn)
    let body: [Markup] = [
      .tag("main", [:], main), .tag("div", ["id": "tip", "role": "status", "aria-live": "polite"]),
      .tag("script", [:], [.raw("//<![CDATA[\n" + PageScript.text + "//]]>")]),
    ]
    let page = Markup.tag("html", ["lang": "en"], [.tag("head", [:], head), .tag("body", [:], body)])
    return "<!DOCTYPE html>\n" + page.rendered + "\n"
  }

  private static func heading(_ datasets: [ComparedDataset]) -> Markup {
    var facts: [Markup] = []
    if let machine = sharedMachine(datasets) {
      facts.append(.tag("p", [:], text: MachineText.processor(machine)))
      facts.append(.tag("p", [:], text: MachineText.system(machine)))
    }
    if let sentence = Disturbance.sentence(datasets) {
      facts.append(.tag("p", ["class": "warning"], text: sentence))
    }
    return .tag("header", [:], [.tag("h1", [:], text: title)] + facts)
  }

  /// The machine, where it is the same for all data sets.
  private static func sharedMachine(_ datasets: [ComparedDataset]) -> MachineFacts? {
    let machines = Set(datasets.map(\.machine))
    return machines.count == 1 ? machines.first ?? nil : nil
  }
}
