// SPDX-License-Identifier: Apache-2.0

extension RemoteEmbedder {
  /// What becomes of a text that has more tokens than the model takes.
  public enum LongText: String, Sendable, Hashable, CaseIterable {
    /// It is cut between words into pieces, each with the prompt, and the vectors' mean, weighted by the pieces' tokens
    /// and scaled to norm 1, stands for it: what LangChain does.
    case split
    /// It is an error that names the row.
    case refuse
  }
}
