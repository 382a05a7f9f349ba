package org.latchkey.pbx.reference.internal.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipParser;

/** Reads one message from each datagram, on the SIP thread. */
final class DatagramReader extends SimpleChannelInboundHandler<DatagramPacket> {

  /** Less than this is a keep-alive. */
  private static final int LEAST_BYTES = 16;

  /** The most bytes of a header: more than any phone sends, little work for the SIP thread. */
  private static final int MOST_HEAD = 16 * 1024;

  private final DatagramPort port;
  private final DigestAlgorithm algorithm;
  private final MessageSink sink;

  DatagramReader(DatagramPort port, DigestAlgorithm algorithm, MessageSink sink) {
    this.port = port;
    this.algorithm = algorithm;
    this.sink = sink;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    port.use(context.channel());
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    if (packet.content().readableBytes() < LEAST_BYTES || packet.sender().getPort() == 0) {
      return;
    }
    SipParser.parse(ByteBufUtil.getBytes(packet.content()), MOST_HEAD)
        .ifPresent(
            message -> sink.received(message, new DatagramFlow(port, packet.sender(), algorithm)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // An ICMP answer to something we sent: the peer is gone, and timers will say so.
  }
}
