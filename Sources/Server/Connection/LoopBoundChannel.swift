// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// A connection whose requests are read and answered on the thread of its event loop. What takes longer leaves it: see
/// ``Route/isBrief``.
struct LoopBoundChannel: ServerChildChannel {
  let channel: HTTP1Channel
  let clients: Clients

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    self.channel.setup(channel: channel, logger: logger)
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    // No client: it has gone before it was heard.
    let executor = clients[value.channel]?.executor
    await withTaskExecutorPreference(executor) { await channel.handle(value: value, logger: logger) }
  }
}
