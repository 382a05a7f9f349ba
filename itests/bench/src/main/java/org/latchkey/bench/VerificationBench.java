package org.latchkey.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.latchkey.authenticator.internal.AuthenticatorSettings;
import org.latchkey.authenticator.internal.DigestAuthenticator;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RejectionReason;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One check of a request, and the bare operations it needs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx512m", "-Xbatch"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class VerificationBench {

  /** So few that a request is still in the processor's cache, as when a PBX has just read it. */
  private static final int PHONES = 64;

  private static final int ROUNDS = 16;
  private static final int WARM_UP = 40_000;

  /** The digest algorithm. */
  @Param({"SHA_256", "MD5"})
  public DigestAlgorithm algorithm;

  private final BenchSite site = new BenchSite();
  private final Answered[] phones = new Answered[PHONES];
  private Path directory;
  private DigestAuthenticator authenticator;
  private Answered forged;
  private Answered badNonce;
  private final BareOperations[] bare = new BareOperations[PHONES];
  private BareOperations.Keys keys;
  private int next;
  private int nextBare;
  private int round;

  /** Prepares the requests. */
  @Setup
  public void prepare(Blackhole results) throws java.io.IOException {
    directory = Files.createTempDirectory("latchkey-bench");
    // The first makes the nonce key; those that find one begin with the same randomness.
    start().close();
    authenticator = start();
    keys = BareOperations.Keys.of(site, algorithm);
    challengeAll();
    String text = phones[0].name().text();
    char last = text.endsWith("0") ? '1' : '0';
    KeyIdentifier invented =
        KeyIdentifier.parse(text.substring(0, text.length() - 1) + last).orElseThrow();
    forged = Answered.with(0, site, algorithm, invented, phones[0].nonce());
    badNonce = Answered.with(0, site, algorithm, phones[0].name(), phones[1].nonce());
    expect(RejectionReason.FORGED_IDENTIFIER, authenticator.authenticate(forged.request()));
    expect(RejectionReason.FORGED_NONCE, authenticator.authenticate(badNonce.request()));
    warmUp(results);
  }

  /** By count: where the machine is busy, a few seconds are not enough for the compiler. */
  private void warmUp(Blackhole results) {
    for (int i = 0; i < WARM_UP; i++) {
      results.consume(verification());
      results.consume(verificationBare());
      results.consume(forgedIdentifier());
      results.consume(forgedIdentifierBare());
      results.consume(badNonce());
      results.consume(badNonceBare());
    }
  }

  /** Removes the nonce key. */
  @TearDown
  public void tidy() throws java.io.IOException {
    authenticator.close();
    Files.delete(directory.resolve("nonce.key"));
    Files.delete(directory);
  }

  /** A REGISTER with good credentials, each of another phone, each for the first time. */
  @Benchmark
  public AuthenticationResult verification() {
    if (next == PHONES) {
      startRound();
    }
    return authenticator.authenticate(phones[next++].request());
  }

  private void startRound() {
    round++;
    if (round == ROUNDS) {
      String status = authenticator.status().toString();
      if (!status.contains(PHONES * ROUNDS + " requests accepted")) {
        throw new IllegalStateException("not every request was accepted: " + status);
      }
      authenticator.close();
      authenticator = start();
      round = 0;
    }
    challengeAll();
    next = 0;
  }

  private void challengeAll() {
    for (int i = 0; i < PHONES; i++) {
      phones[i] = Answered.of(i, site, algorithm, authenticator);
      bare[i] = new BareOperations(phones[i], algorithm, keys);
    }
  }

  private static void expect(RejectionReason reason, AuthenticationResult result) {
    Optional<RejectionReason> found =
        result.fold(
            a -> Optional.empty(),
            c -> Optional.empty(),
            r -> Optional.of(r.reason()),
            n -> Optional.empty(),
            u -> Optional.empty());
    if (!found.equals(Optional.of(reason))) {
      throw new IllegalStateException("not refused for " + reason + ": " + found);
    }
  }

  /** The bare operations of the same. */
  @Benchmark
  public boolean verificationBare() {
    if (nextBare == PHONES) {
      challengeAll();
      nextBare = 0;
    }
    return bare[nextBare++].verification();
  }

  /** A REGISTER with a key identifier that was never issued: the same work, and a challenge. */
  @Benchmark
  public AuthenticationResult forgedIdentifier() {
    return authenticator.authenticate(forged.request());
  }

  /** The bare operations of the same. */
  @Benchmark
  public Object forgedIdentifierBare() {
    return bare[0].verification() ? bare : bare[0].challenge();
  }

  /** A REGISTER with a nonce that is not ours: one MAC, and a challenge. */
  @Benchmark
  public AuthenticationResult badNonce() {
    return authenticator.authenticate(badNonce.request());
  }

  /** The bare operations of the same. */
  @Benchmark
  public Object badNonceBare() {
    return bare[0].nonce() ? bare : bare[0].challenge();
  }

  private DigestAuthenticator start() {
    DigestAuthenticator started =
        new DigestAuthenticator(
            new AuthenticatorSettings(Duration.ofHours(1), 100_000, true, true),
            directory.resolve("nonce.key"),
            Clock.systemUTC(),
            System::nanoTime,
            new Random(1));
    started.bindKeys(site);
    return started;
  }
}
