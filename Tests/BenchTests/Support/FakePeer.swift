// SPDX-License-Identifier: Apache-2.0

import VectorStoreBench

/// Programs that speak the serve protocol, well or badly: scripts of the shell.
enum FakePeer {
  /// The ready line of a set of `n` rows.
  static func ready(engine: String = "fake-one", n: Int = 1000) -> String {
    #"{"ready":true,"protocol":1,"engine":"\#(engine)","version":"1.2","dataset":"made","n":\#(n),"dim":8,"queries":10,"k":10,"metric":"l2","storage":"float32","params":{"m":16},"threads":1,"build_seconds":1.5,"points":[]}"#
  }

  /// A point's JSON.
  static let point = #"{"ef":10,"recall":0.9,"qps":100,"p50_us":5,"p95_us":6,"p99_us":7,"batch_cores":1.0}"#

  /// A runner that answers everything.
  ///
  /// - Parameters:
  ///   - ready: Its first line.
  ///   - before: What it does before that.
  ///   - onRound: What it does at a round, whose number is `$n`, before the answer.
  static func script(ready: String = ready(), before: String = "", onRound: String = "") -> String {
    """
    #!/bin/sh
    \(before)
    echo '\(ready)'
    while read -r line; do
      case "$line" in
        *exit*) exit 0 ;;
        *round*)
          n=$(echo "$line" | sed 's/.*"round":\\([0-9]*\\).*/\\1/')
          \(onRound)
          echo '{"round":'"$n"',"points":[\(point)]}' ;;
        *build*)
          t=$(echo "$line" | sed 's/.*"threads":\\([0-9]*\\).*/\\1/')
          echo '{"build":true,"threads":'"$t"',"build_seconds":2.5}' ;;
        *memory*) echo '{"memory":true,"index_bytes":12000,"resident_bytes":34000,"open_seconds":0.5}' ;;
        *) echo '{"error":"what?"}' ;;
      esac
    done

    """
  }

  /// An engine that runs `script`.
  static func engine(_ label: String, _ script: String, in folder: TemporaryFolder) throws -> ComparedEngine {
    let path = try folder.write(script, as: "\(label).sh")
    return ComparedEngine(id: label, label: label, command: ["sh", path])
  }
}
