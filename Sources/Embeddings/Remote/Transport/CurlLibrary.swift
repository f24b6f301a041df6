// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import VectorStoreCore

/// The libcurl that the process runs with, which may be another than it was built with.
enum CurlLibrary {
  /// The first with `curl_multi_wakeup`.
  static let oldestVersion: UInt32 = 0x07_44_00

  /// Initialised once for the process.
  private static let problem: String? = {
    guard ccurl_initialize() == CURLE_OK else { return "libcurl cannot be initialised" }
    guard let information = ccurl_version() else { return "libcurl does not say its version" }
    return problem(
      version: information.pointee.version_num, name: information.pointee.version.map { String(cString: $0) } ?? "")
  }()

  /// What is wrong with a version, if anything is.
  static func problem(version: UInt32, name: String) -> String? {
    version >= oldestVersion ? nil : "libcurl \(name) is too old; 7.68.0 or newer is needed"
  }

  /// Makes libcurl ready.
  ///
  /// - Throws: ``VectorStoreError/Code/unsupported`` for a libcurl that is too old.
  static func prepare() throws {
    if let problem { throw VectorStoreError(.unsupported, problem) }
  }

  /// Seconds from 1970 on of a date as HTTP writes it; nil for what is none.
  static func seconds(ofDate text: String) -> Int? {
    let seconds = curl_getdate(text, nil)
    return seconds < 0 ? nil : Int(seconds)
  }
}
