// SPDX-License-Identifier: Apache-2.0

/// How the figures came about.
enum MethodSection {
  private static let sentences = [
    "Engines that took turns ran in processes of their own, only one at any moment, their order turned by one each round. A figure is the median over the rounds; thin vertical lines and what is in parentheses are the lowest and the highest.",
    "Every engine is timed one query at a time and with all queries in one call; the better rate counts. Latencies are those of single queries.",
    "Queries a second at a recall are interpolated log-linearly between the neighbouring points of the engine's Pareto front. “≥”: even the first point is above that recall, and its rate is given. A dash: the recall was not reached, or the engine does not tell.",
    "Recall is the share of the k true neighbours found; a row counts where its true distance is at most that of the k-th, so that ties count.",
  ]

  static var drawn: Markup {
    .tag(
      "article", [:],
      [.tag("h2", [:], text: "How it was measured")] + sentences.map { .tag("p", [:], text: $0) })
  }
}
