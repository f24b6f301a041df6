// SPDX-License-Identifier: Apache-2.0

/// The colours of a report. Series colours differ for colour-blind readers too, in lightness as much as in hue, and each
/// stands out from its page by at least 4.5 : 1; marks and dashes tell the engines apart without any colour.
struct Palette {
  let page: String
  let panel: String
  let text: String
  let quiet: String
  let rule: String
  let guide: String
  let series: [String]

  static let light = Palette(
    page: "#ffffff", panel: "#f5f7f9", text: "#1b1f24", quiet: "#57606a", rule: "#e1e5ea", guide: "#9aa4af",
    series: ["#0a5bd0", "#b8420a", "#0b7557", "#8338b0", "#7d5f00", "#ad2a60", "#00708a", "#5b6570"])

  static let dark = Palette(
    page: "#111418", panel: "#1a1f26", text: "#e8ebef", quiet: "#9aa4b0", rule: "#2a313a", guide: "#66717e",
    series: ["#66adff", "#ff9b61", "#45d0a3", "#cf98f2", "#e2c04f", "#ff86b4", "#4cd3ea", "#aab5c0"])
}
