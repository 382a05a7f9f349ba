package org.latchkey.pbx.reference.internal.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundInvoker;

/** Things done to a channel whose outcome nobody waits for: a dead peer is found by timers. */
final class Channels {

  private Channels() {}

  static void close(ChannelOutboundInvoker channel) {
    ChannelFuture unused = channel.close();
  }

  static void write(ChannelOutboundInvoker channel, Object message) {
    ChannelFuture unused = channel.writeAndFlush(message, channel.voidPromise());
  }
}
