package org.latchkey.https.internal.connection;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The open connections of a door: bounded in all, from one address, and from one IPv6 /64, where
 * one host can have any number of addresses. Whoever is between two requests, or has not sent the
 * first, makes way for the next one, the longest silent first. Thread-safe.
 */
final class Connections {

  /** How many times as many as of one address there may be of one /64, which is a whole LAN. */
  private static final int ADDRESSES_OF_A_NETWORK = 4;

  private static final int PREFIX_6_BYTES = 8;

  private final int most;
  private final Group all;
  private final Map<ByteBuffer, Group> groups = new HashMap<>();
  private final int mostPerAddress;

  Connections(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
    all = new Group(most);
  }

  /** Connections that count together. */
  private static final class Group {
    private final int most;
    private final Set<Place> silent = new LinkedHashSet<>();
    private int open;

    private Group(int most) {
      this.most = most;
    }
  }

  /** The place of one connection. */
  final class Place {

    private final ByteBuffer address;
    private final ByteBuffer network;
    private final Runnable close;
    private boolean taken = true;

    private Place(InetAddress source, Runnable close) {
      byte[] bytes = source.getAddress();
      address = ByteBuffer.wrap(bytes);
      network =
          bytes.length > PREFIX_6_BYTES
              ? ByteBuffer.wrap(Arrays.copyOf(bytes, PREFIX_6_BYTES))
              : address;
      this.close = close;
    }

    /** It has sent a whole request: it makes way for nobody until it is answered. */
    void spoke() {
      synchronized (Connections.this) {
        if (taken) {
          groupsOf(this, group -> group.silent.remove(this));
        }
      }
    }

    /** It has its answer, and is silent again: the last of those that make way. */
    void answered() {
      synchronized (Connections.this) {
        if (taken) {
          groupsOf(this, group -> group.silent.add(this));
        }
      }
    }

    /** It is over, the first time that this is said. */
    void left() {
      synchronized (Connections.this) {
        giveBack(this);
      }
    }
  }

  /**
   * A place for a new connection, or empty when there is none.
   *
   * @param close ends the connection when it has to make way; called on the thread of another one
   */
  Optional<Place> admit(InetAddress source, Runnable close) {
    Place place = new Place(source, close);
    Optional<Place> oldest = Optional.empty();
    synchronized (this) {
      Optional<Group> full = full(place);
      if (full.isPresent()) {
        oldest = full.get().silent.stream().findFirst();
        if (oldest.isEmpty()) {
          return Optional.empty();
        }
        giveBack(oldest.get());
        if (full(place).isPresent()) {
          oldest.get().close.run();
          return Optional.empty();
        }
      }
      groupsOf(
          place,
          group -> {
            group.open++;
            group.silent.add(place);
          });
    }
    oldest.ifPresent(one -> one.close.run());
    return Optional.of(place);
  }

  /** Whether three quarters are taken, so that none should be kept open for a next request. */
  synchronized boolean crowded() {
    return all.open > most - most / 4;
  }

  synchronized int open() {
    return all.open;
  }

  /** The narrowest group that has no place left. */
  private Optional<Group> full(Place place) {
    Group address = groups.get(place.address);
    if (address != null && address.open >= address.most) {
      return Optional.of(address);
    }
    Group network = groups.get(place.network);
    if (network != null && network.open >= network.most) {
      return Optional.of(network);
    }
    return all.open >= all.most ? Optional.of(all) : Optional.empty();
  }

  private void giveBack(Place place) {
    if (!place.taken) {
      return;
    }
    place.taken = false;
    groupsOf(
        place,
        group -> {
          group.open--;
          group.silent.remove(place);
        });
    groups.computeIfPresent(place.address, (key, group) -> group.open == 0 ? null : group);
    groups.computeIfPresent(place.network, (key, group) -> group.open == 0 ? null : group);
  }

  private void groupsOf(Place place, Consumer<Group> use) {
    use.accept(all);
    use.accept(groups.computeIfAbsent(place.address, key -> new Group(mostPerAddress)));
    if (!place.network.equals(place.address)) {
      use.accept(
          groups.computeIfAbsent(
              place.network, key -> new Group(ADDRESSES_OF_A_NETWORK * mostPerAddress)));
    }
  }
}
