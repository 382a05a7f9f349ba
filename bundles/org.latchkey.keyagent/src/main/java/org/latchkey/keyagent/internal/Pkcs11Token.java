package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.latchkey.custody.KeyCustody;
import org.latchkey.custody.MasterKey;
import org.latchkey.files.OwnerFile;
import org.latchkey.key.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PKCS #11 token. Its PIN is in an owner-only file, or typed after each start. When the token was
 * away, it is opened anew; a library that never sees a token again once it was away, as SoftHSM
 * does, is loaded again as a copy, since the JDK never ends one. Whether that is worth it, a
 * process of its own finds out first: a library can't be unloaded. So it is with one that hangs:
 * what it was asked is waited for so long, and it is not asked again.
 */
final class Pkcs11Token implements KeyCustody, AutoCloseable {

  static final String NAME = "pkcs11";
  private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Token.class);
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final byte[] NOTHING = {};

  private final String library;
  private final int slotListIndex;
  private final Path folder;
  private final OwnerFile pinFile;
  private final LongSupplier nanoTime;
  private final Opening opening;
  private @Nullable Secret given;
  private @Nullable OpenToken token;
  private boolean hadKeys;
  private boolean hung;
  private String wrongPin = "";
  private Optional<Long> wentAway = Optional.empty();
  private String fault = "the token is away";
  private int opened;
  private int changes;

  /**
   * A token.
   *
   * @param library the path of the vendor's library; empty when there is none
   * @param slotListIndex which of its slots, from 0
   * @param folder where the PIN is kept
   */
  Pkcs11Token(String library, int slotListIndex, Path folder, LongSupplier nanoTime) {
    this(library, slotListIndex, folder, nanoTime, OpenToken::of);
  }

  Pkcs11Token(
      String library, int slotListIndex, Path folder, LongSupplier nanoTime, Opening opening) {
    this.library = library;
    this.slotListIndex = slotListIndex;
    this.folder = folder;
    this.pinFile = new OwnerFile(folder, "pkcs11.pin");
    this.nanoTime = nanoTime;
    this.opening = opening;
  }

  /** How a token is logged in to, as {@link OpenToken#of} does. */
  interface Opening {
    OpenToken of(String name, String library, int slotListIndex, byte[] pin) throws IOException;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String place() {
    return library.isEmpty()
        ? "a token; the setting pkcs11Library names none"
        : "the token in slot " + slotListIndex + " of " + library;
  }

  @Override
  public synchronized boolean sealed() {
    return given == null && !pinFile.exists();
  }

  @Override
  public synchronized void unseal(Secret pin) throws IOException {
    byte[] bytes = pin.copy();
    try {
      leave();
      // Who types a PIN wants it tried now.
      wentAway = wentAway.map(at -> nanoTime.getAsLong() - PROBE_NANOS);
      entered(bytes);
      forgetTyped();
      given = Secret.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private void forgetTyped() {
    if (given != null) {
      given.close();
      given = null;
    }
  }

  @Override
  public synchronized boolean exists() {
    try {
      return !keys().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  /** Asks the token for something each time, so that a pulled one is noticed. */
  @Override
  public synchronized String stamp() {
    try {
      for (MasterKey key : keys().values()) {
        Arrays.fill(key.mac(NOTHING), (byte) 0);
      }
      return opened + "." + changes;
    } catch (IOException | java.io.UncheckedIOException e) {
      leave();
      return "away";
    }
  }

  @Override
  public synchronized Map<Integer, MasterKey> open() throws IOException {
    Map<Integer, MasterKey> keys = keys();
    if (keys.isEmpty()) {
      throw new IOException(place() + " has no master key");
    }
    return keys;
  }

  @Override
  public synchronized void create(int generation) throws IOException {
    token().put(generation, NOTHING);
    changes++;
  }

  @Override
  public synchronized void adopt(int generation, Secret key) throws IOException {
    byte[] bytes = key.copy();
    try {
      token().put(generation, bytes);
      changes++;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public synchronized void remove(int generation) throws IOException {
    token().remove(generation);
    changes++;
  }

  /** They never leave. */
  @Override
  public Optional<Secret> copy(int generation) {
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    leave();
    forgetTyped();
  }

  private void leave() {
    if (token != null) {
      hung |= token.hanging();
      token.close();
      token = null;
      wentAway = Optional.of(nanoTime.getAsLong() - PROBE_NANOS);
    }
  }

  /** A pulled token may show none instead of failing. */
  private Map<Integer, MasterKey> keys() throws IOException {
    Map<Integer, MasterKey> keys = token().keys();
    if (hadKeys && keys.isEmpty()) {
      leave();
      throw new IOException(place() + " had master keys, and shows none");
    }
    hadKeys |= !keys.isEmpty();
    return keys;
  }

  private OpenToken token() throws IOException {
    if (token != null) {
      return token;
    }
    byte[] pin = pin();
    try {
      return entered(pin);
    } catch (OpenToken.WrongPinException e) {
      if (given == null) {
        wrongPin = pinFile.stamp();
      }
      forgetTyped();
      throw e;
    } finally {
      Arrays.fill(pin, (byte) 0);
    }
  }

  private OpenToken entered(byte[] pin) throws IOException {
    OpenToken there = opened(pin);
    token = there;
    opened++;
    return there;
  }

  private byte[] pin() throws IOException {
    if (given != null) {
      return given.copy();
    }
    if (!pinFile.exists()) {
      throw new IOException(place() + " is sealed: type latchkey:unseal");
    }
    if (pinFile.stamp().equals(wrongPin)) {
      throw new IOException(
          "the PIN in %s is wrong and not tried again, since tokens count: write the right one there"
              .formatted(pinFile.path()));
    }
    return pinFile.read();
  }

  private OpenToken opened(byte[] pin) throws IOException {
    if (library.isEmpty() || !Files.isReadable(Path.of(library))) {
      throw new IOException("the setting pkcs11Library names no library: " + library);
    }
    // Each look at an empty slot leaves a thread of the JDK's behind: after a fault this process
    // looks again only when another one has found the token.
    Optional<OpenToken> first = wentAway.isEmpty() ? tried(pin) : Optional.empty();
    if (first.isPresent()) {
      return first.get();
    }
    if (wentAway.isPresent() && nanoTime.getAsLong() - wentAway.get() < PROBE_NANOS) {
      throw new IOException(fault);
    }
    wentAway = Optional.of(nanoTime.getAsLong());
    if (!TokenProcess.opens(folder, library, slotListIndex, pin, hadKeys)) {
      throw new IOException(fault);
    }
    Optional<OpenToken> again = tried(pin);
    OpenToken there = again.isPresent() ? again.get() : byCopy(pin);
    hung = false;
    wentAway = Optional.empty();
    return there;
  }

  /** By the library as it is loaded; nothing when that doesn't see the token. */
  private Optional<OpenToken> tried(byte[] pin) throws IOException {
    if (hung) {
      return Optional.empty();
    }
    try {
      return Optional.of(withKeys(opening.of("latchkey" + opened, library, slotListIndex, pin)));
    } catch (OpenToken.WrongPinException e) {
      throw e;
    } catch (TokenCalls.NoAnswerException e) {
      hung = true;
      fault = "the token did not answer, and is not asked again";
      wentAway = Optional.of(nanoTime.getAsLong());
      throw e;
    } catch (IOException e) {
      fault = String.valueOf(e.getMessage());
      return Optional.empty();
    }
  }

  private OpenToken withKeys(OpenToken there) throws IOException {
    if (hadKeys && there.keys().isEmpty()) {
      there.close();
      throw new IOException(place() + " had master keys, and shows none");
    }
    return there;
  }

  private OpenToken byCopy(byte[] pin) throws IOException {
    LOG.info("{} is back; its library is loaded again as a copy", place());
    try (LibraryCopy copy = LibraryCopy.of(Path.of(library), folder)) {
      return opening.of("latchkey" + opened, copy.file().toString(), slotListIndex, pin);
    }
  }
}
