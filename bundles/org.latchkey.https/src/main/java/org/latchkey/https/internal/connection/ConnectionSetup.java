package org.latchkey.https.internal.connection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets up each new connection of a door, or turns it away. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection anyway
@Sharable
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {

  private static final int CHUNK_BYTES = 8 * 1024;

  private final DoorKeeper keeper;
  private final Deadlines deadlines;
  private final boolean plain;
  private volatile @Nullable DoorTls tls;

  ConnectionSetup(DoorKeeper keeper, DoorSettings settings) {
    this.keeper = keeper;
    this.deadlines = settings.deadlines();
    this.plain = settings.plain();
  }

  /** TLS for the connections to come. */
  void use(DoorTls next) {
    tls = next;
  }

  /** Whether there is TLS to speak, where it is spoken. */
  boolean ready() {
    return plain || tls != null;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    InetAddress source = channel.remoteAddress().getAddress();
    DoorTls current = tls;
    if (current == null && !plain) {
      channel.close();
      return;
    }
    Optional<Connections.Place> place = keeper.connections().admit(source, () -> turnAway(channel));
    if (place.isEmpty()) {
      turnAway(channel);
      return;
    }
    channel.closeFuture().addListener(closed -> place.get().left());
    StageTimer timer = new StageTimer(deadlines, plain);
    if (current != null) {
      channel.pipeline().addLast(current.handler(channel.alloc(), deadlines.handshake()));
    }
    channel
        .pipeline()
        .addLast(timer)
        .addLast(new HttpRequestDecoder(decoding()))
        .addLast(new HttpResponseEncoder())
        .addLast(new Conversation(keeper, timer, place.get()));
  }

  private void turnAway(SocketChannel channel) {
    keeper.complain("there were too many connections, in total or from one address");
    channel.close();
  }

  private static HttpDecoderConfig decoding() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(RequestRules.LINE_BYTES)
        .setMaxHeaderSize(RequestRules.HEADER_BYTES)
        .setMaxChunkSize(CHUNK_BYTES);
  }
}
