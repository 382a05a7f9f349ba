package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.custody.MasterKey;
import org.latchkey.keyscheme.KeyIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A token while it is logged in to. After a fault it is closed, and another one is opened. */
final class OpenToken implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenToken.class);
  private static final String MAC = "HmacSHA256";
  private static final int KEY_BITS = 256;
  private static final Pattern ALIAS = Pattern.compile("latchkey-generation-(\\d{1,4})");

  private final Provider provider;
  private final KeyStore objects;
  private final TokenCalls calls;

  /** A token that is logged in to by these calls. */
  OpenToken(Provider provider, KeyStore objects, TokenCalls calls) {
    this.provider = provider;
    this.objects = objects;
    this.calls = calls;
  }

  /**
   * Logs in.
   *
   * @param name of the provider, unique in this process
   * @throws WrongPinException when the PIN is wrong
   * @throws IOException when the token is away
   */
  static OpenToken of(String name, String library, int slotListIndex, byte[] pin)
      throws IOException {
    TokenCalls calls = new TokenCalls(TokenCalls.DEADLINE);
    byte[] mine = pin.clone();
    try {
      Provider provider = calls.answer(() -> TokenProbe.provider(name, library, slotListIndex));
      return new OpenToken(provider, calls.answer(() -> entered(provider, mine)), calls);
    } catch (TokenCalls.NoAnswerException e) {
      throw e;
    } catch (Exception e) {
      calls.close();
      String words = "the token can't be opened: " + cause(e);
      throw TokenProbe.isWrongPin(e) ? new WrongPinException(words, e) : new IOException(words, e);
    }
  }

  /** Wipes the PIN, which nobody else has: what hangs may go on later, and tokens count. */
  private static KeyStore entered(Provider provider, byte[] pin) throws Exception {
    try {
      return TokenProbe.open(provider, pin);
    } finally {
      Arrays.fill(pin, (byte) 0);
    }
  }

  /** Whether it was waited for in vain. */
  boolean hanging() {
    return calls.hanging();
  }

  private <T> T asked(Callable<T> call, String fault) throws IOException {
    try {
      return calls.answer(call);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(fault + ": " + cause(e), e);
    }
  }

  /** The token has counted a try: the same PIN again, and it may lock itself for good. */
  static final class WrongPinException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongPinException(String words) {
      super(words);
    }

    WrongPinException(String words, Throwable cause) {
      super(words, cause);
    }
  }

  /** The keys by generation, as they are in the token now. */
  Map<Integer, MasterKey> keys() throws IOException {
    return asked(this::found, "the token can't be read");
  }

  private Map<Integer, MasterKey> found() throws GeneralSecurityException {
    Map<Integer, MasterKey> keys = new TreeMap<>();
    for (String alias : Collections.list(objects.aliases())) {
      Matcher matcher = ALIAS.matcher(alias);
      if (matcher.matches()
          && Integer.parseInt(matcher.group(1)) <= KeyIdentifier.MAX_GENERATION
          && objects.getKey(alias, null) instanceof SecretKey key) {
        keys.put(Integer.valueOf(matcher.group(1)), new TokenKey(this, key));
      }
    }
    return keys;
  }

  /** Makes a key in the token, or has it take over one. */
  void put(int generation, byte[] key) throws IOException {
    // A copy: what hangs may go on when the caller's bytes are wiped.
    Optional<SecretKey> given =
        key.length == 0 ? Optional.empty() : Optional.of(new SecretKeySpec(key, MAC));
    asked(() -> taken(alias(generation), generation, given), "the token did not take a key");
  }

  private String taken(String alias, int generation, Optional<SecretKey> given)
      throws IOException, GeneralSecurityException {
    if (objects.containsAlias(alias)) {
      throw new IOException("the token has a generation " + generation);
    }
    SecretKey secret = given.isPresent() ? given.get() : generated();
    objects.setEntry(alias, new KeyStore.SecretKeyEntry(secret), null);
    if (objects.getKey(alias, null).getEncoded() != null) {
      objects.deleteEntry(alias);
      throw new IOException("the token would let a key leave it; it was removed again");
    }
    return alias;
  }

  private SecretKey generated() throws GeneralSecurityException {
    KeyGenerator generator = KeyGenerator.getInstance(MAC, provider);
    generator.init(KEY_BITS);
    return generator.generateKey();
  }

  /** Removes a key, for good. */
  void remove(int generation) throws IOException {
    asked(
        () -> {
          if (objects.containsAlias(alias(generation))) {
            objects.deleteEntry(alias(generation));
          }
          return generation;
        },
        "the token did not remove a key");
  }

  /** HMAC-SHA-256 in the token. */
  byte[] mac(Key key, byte[] message) throws IOException {
    return asked(
        () -> {
          Mac mac = Mac.getInstance(MAC, provider);
          mac.init(key);
          return mac.doFinal(message);
        },
        "the token does not answer");
  }

  @Override
  public void close() {
    try {
      asked(
          () -> {
            ((AuthProvider) provider).logout();
            return provider;
          },
          "the token is away already");
    } catch (IOException e) {
      LOG.debug("{}", e.getMessage());
    } finally {
      calls.close();
    }
  }

  private static String alias(int generation) {
    return "latchkey-generation-" + generation;
  }

  private static String cause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** A key that stays in the token. */
  private record TokenKey(OpenToken token, SecretKey key) implements MasterKey {
    @Override
    public byte[] mac(byte[] message) {
      try {
        return token.mac(key, message);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The token stays open for others. */
    @Override
    public void close() {}
  }
}
