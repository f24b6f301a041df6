// SPDX-License-Identifier: Apache-2.0

/// `curves.svg`: the recall–QPS curves of a data set as an image of their own, for light and dark pages.
package enum CurvesImage {
  private static let head = 58.0
  private static let font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

  /// The document.
  package static func text(_ dataset: ComparedDataset) -> String {
    let styles = EngineStyles([dataset])
    let frame = ChartFrame.wide
    let title = "\(dataset.name): \(dataset.shape.text)"
    let chart = RecallChart(dataset, title: title, styles: styles).drawn(frame)
    let (width, height) = (frame.width, frame.height + head)
    let size = "0 0 \(Shapes.number(width)) \(Shapes.number(height))"
    let image = Markup.tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": size, "width": Shapes.number(width),
        "height": Shapes.number(height), "role": "img", "aria-label": title, "font-family": font,
      ],
      [
        .tag("title", [:], text: title), .tag("style", [:], [.raw(style)]),
        .tag(
          "rect",
          ["class": "page", "width": Shapes.number(width), "height": Shapes.number(height), "rx": "8"]),
        Shapes.text("title", 20, 30, title), Shapes.text("axis quiet", 20, 50, facts(dataset)),
        .tag("g", ["transform": "translate(0 \(Shapes.number(head)))"], [chart ?? .text("")]),
      ])
    return image.rendered + "\n"
  }

  private static var style: String {
    let (light, dark) = (Palette.light, Palette.dark)
    return ChartStyle.text + """
      .page { fill: \(light.page); }
      .title { fill: \(light.text); font-size: 17px; font-weight: 600; }
      .quiet { fill: \(light.quiet); }
      @media (prefers-color-scheme: dark) {
      .page { fill: \(dark.page); }
      .title { fill: \(dark.text); }
      .quiet { fill: \(dark.quiet); }
      }

      """
  }

  private static func facts(_ dataset: ComparedDataset) -> String {
    var facts = dataset.machine.map { [MachineText.processor($0)] } ?? []
    if let settings = dataset.settings { facts.append(MachineText.settings(settings)) }
    if let created = dataset.created { facts.append(String(created.prefix(10))) }
    return facts.joined(separator: " · ")
  }
}
