// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells clients that ask first (`Expect: 100-continue`) to send their bodies, or not to, closes a connection whose body goes
/// on far beyond what is read, and notices when the client has gone.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// What is read and thrown away after a body was refused, so that its sender hears why.
  private static let patience = 32 << 20

  private let limit: Int
  private let clients: Clients
  private var received = 0

  init(bodyBytes: Int, clients: Clients) {
    limit = bodyBytes
    self.clients = clients
  }

  func handlerAdded(context: ChannelHandlerContext) { clients.add(context.channel) }

  func handlerRemoved(context: ChannelHandlerContext) { clients.remove(context.channel) }

  func channelInactive(context: ChannelHandlerContext) {
    clients.remove(context.channel)
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // A client that has closed its connection and one that only sends no more look alike until something is sent.
    if case .inputClosed? = event as? ChannelEvent { clients.left(context.channel) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      received = 0
      let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
      if length <= limit, head.headerFields[.expect]?.lowercased() == "100-continue" {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
    case .body(let buffer):
      received += buffer.readableBytes
      if received > limit + Self.patience {
        context.close(promise: nil)
        return
      }
    case .end: break
    }
    context.fireChannelRead(data)
  }
}
