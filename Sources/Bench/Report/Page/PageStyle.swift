// SPDX-License-Identifier: Apache-2.0

/// The style sheet of the page.
enum PageStyle {
  static var text: String {
    """
    :root { color-scheme: light dark; \(variables(.light)) }
    @media (prefers-color-scheme: dark) { :root { \(variables(.dark)) } }

    """ + ChartStyle.text + series + rules
  }

  private static func variables(_ palette: Palette) -> String {
    let named = [
      ("page", palette.page), ("panel", palette.panel), ("text", palette.text), ("quiet", palette.quiet),
      ("rule", palette.rule),
    ]
    let colors = palette.series.enumerated().map { ("s\($0.offset)", $0.element) }
    return (named + colors).map { "--\($0.0): \($0.1);" }.joined(separator: " ")
  }

  private static var series: String {
    Palette.light.series.indices.map { ".c\($0) { --c: var(--s\($0)); }\n" }.joined()
  }

  private static let rules = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px; }
    h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; }
    h2 { font-size: 20px; line-height: 1.3; margin: 0 0 6px; }
    h3 { font-size: 16px; margin: 30px 0 4px; }
    h4 { font-size: 14px; margin: 14px 0 4px; }
    p { margin: 0 0 8px; max-width: 92ch; }
    article .note { max-width: none; }
    header p { margin: 0; color: var(--quiet); }
    .note { margin: 0 0 8px; color: var(--quiet); font-size: 13.5px; }
    p.warning { margin: 8px 0; padding: 6px 12px; border-left: 3px solid var(--s1); background: var(--panel); color: var(--text); font-size: 13.5px; overflow-wrap: anywhere; }
    article { margin-top: 38px; padding-top: 24px; border-top: 1px solid var(--rule); }
    .legend { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 6px; padding: 10px 0; margin-top: 14px; background: var(--page); }
    .legend button { display: inline-flex; align-items: center; gap: 7px; padding: 4px 11px 4px 8px; font: inherit; font-size: 13px; color: var(--text); background: var(--panel); border: 1px solid var(--rule); border-radius: 16px; cursor: pointer; }
    .legend button[aria-pressed="false"] { opacity: .5; text-decoration: line-through; }
    :focus-visible { outline: 2px solid var(--s0); outline-offset: 2px; border-radius: 4px; }
    .glyph { flex: none; vertical-align: -2px; }
    .chart { display: block; width: 100%; height: auto; }
    .chart .series:focus-visible { outline: none; }
    .chart .series:focus-visible .line { stroke-width: 4; }
    .point { cursor: default; }
    .point.here .mark { stroke: var(--text); stroke-width: 2.4; }
    .for-narrow { display: none; }
    .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); gap: 14px 36px; }
    figure { margin: 8px 0 0; min-width: 0; }
    figcaption { font-weight: 600; font-size: 13.5px; margin-bottom: 2px; }
    .bar { display: grid; grid-template-columns: 158px minmax(40px, 1fr) 186px; align-items: center; gap: 10px; font-size: 13px; padding: 2px 0; }
    .bar .label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .track { height: 13px; background: var(--panel); border-radius: 3px; }
    .fill { display: block; height: 100%; min-width: 2px; background: var(--c); border: 2px solid var(--c); border-radius: 3px; }
    .fill.hollow { background: transparent; }
    .value { color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .scroll { overflow-x: auto; margin: 12px 0 4px; }
    table { border-collapse: collapse; font-size: 13px; min-width: 100%; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    th, td { padding: 5px 7px; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: baseline; white-space: nowrap; font-variant-numeric: tabular-nums; }
    thead th { color: var(--quiet); font-weight: 600; white-space: normal; vertical-align: bottom; line-height: 1.35; }
    tbody th { font-weight: 600; }
    tbody th .glyph { margin-right: 8px; }
    .number { text-align: right; }
    details { margin-top: 14px; }
    summary { cursor: pointer; font-size: 13.5px; color: var(--quiet); padding: 2px 0; }
    .series.off { display: none; }
    #tip { position: fixed; z-index: 2; display: none; pointer-events: none; max-width: 320px; padding: 7px 11px; font-size: 13px; line-height: 1.45; white-space: pre-line; color: var(--page); background: var(--text); border-radius: 6px; font-variant-numeric: tabular-nums; }
    #tip.shown { display: block; }
    @media (max-width: 700px) {
      main { padding: 20px 14px 48px; }
      h1 { font-size: 23px; }
      h2 { font-size: 18px; }
      .legend { position: static; }
      .for-wide { display: none; }
      .for-narrow { display: block; }
      .bar { grid-template-columns: 1fr auto; gap: 1px 10px; padding: 4px 0; }
      .bar .track { grid-column: 1 / -1; grid-row: 2; }
      .value { text-align: right; }
    }
    @media print {
      main { max-width: none; padding: 0; }
      .legend { position: static; }
      figure, .bar, tr, .for-wide { break-inside: avoid; }
      h2, h3, h4 { break-after: avoid; }
      .scroll { overflow: visible; }
      table { font-size: 10px; }
      th, td { padding: 3px 5px; white-space: normal; }
      .fill { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
