// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore

/// The context of requests of an application of the service's own: it knows the connection.
struct ServiceContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
