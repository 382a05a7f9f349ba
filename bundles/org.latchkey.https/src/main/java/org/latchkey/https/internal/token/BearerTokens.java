package org.latchkey.https.internal.token;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.PbxTokens;
import org.latchkey.https.internal.token.TokenFile.Kept;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.status.StatusLine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes bearer tokens, ends them, and judges each request at the PBX door by itself. */
@Component(service = {BearerTokens.class, PbxTokens.class})
public final class BearerTokens implements PbxTokens {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 52;
  private static final String SCHEME = "Bearer ";
  private static final int MOST_ENDED = 64;
  private static final String NAME = "[A-Za-z0-9._-]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9._-])?";

  private final TokenFile file;
  private final Clock clock;
  private final SecureRandom random;
  private volatile List<Kept> kept = List.of();
  private volatile String problem = "they were not read yet";
  private volatile List<Kept> ended = List.of();
  private final RefusedPeers refused = new RefusedPeers(System::nanoTime);
  private String seen = "";

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AuditLog audit;

  /** The tokens of this node. */
  @Activate
  public BearerTokens() {
    this(
        Path.of(System.getProperty("karaf.base", "."), "latchkey", "tls"),
        Clock.systemUTC(),
        new SecureRandom());
  }

  /** Tokens that are kept in a folder; not read yet. */
  public BearerTokens(Path folder, Clock clock, SecureRandom random) {
    file = new TokenFile(folder);
    this.clock = clock;
    this.random = random;
  }

  /** Reads the file when it is another one than before, if only that it is gone. */
  public synchronized void refresh() {
    String stamp = file.stamp();
    if (problem.isEmpty() && stamp.equals(seen)) {
      return;
    }
    seen = stamp;
    try {
      keep(file.read());
      problem = "";
    } catch (IOException e) {
      keep(List.of());
      problem = String.valueOf(e.getMessage());
    }
  }

  /** Who shows one that is not good any more is told by its name, until the next start. */
  private void keep(List<Kept> next) {
    List<Kept> gone =
        Stream.concat(kept.stream(), ended.stream())
            .filter(one -> !next.contains(one))
            .distinct()
            .limit(MOST_ENDED)
            .toList();
    kept = List.copyOf(next);
    ended = gone;
  }

  /** For whoever has no OSGi to set it. */
  public void auditLog(@Nullable AuditLog log) {
    audit = log;
  }

  static boolean isName(String name) {
    return name.matches(NAME);
  }

  @Override
  public synchronized Secret make(String name, String actor) {
    requireUsable();
    if (!isName(name)) {
      throw refused(
          "a name has 1 to 64 letters, digits, spaces, full stops, hyphens and underscores");
    }
    if (kept.stream().anyMatch(one -> one.token().name().equals(name))) {
      throw refused(
          "there is a token '%1$s'. Name another, or type latchkey:pbx-token --revoke '%1$s' first"
              .formatted(name));
    }
    byte[] characters = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      characters[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    Token token = new Token(name, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    List<Kept> more = new ArrayList<>(kept);
    more.add(new Kept(token, hash(characters)));
    Secret secret = Secret.copyOf(characters);
    Arrays.fill(characters, (byte) 0);
    try {
      change(more, actor, "pbx-token.made", name);
      return secret;
    } catch (RuntimeException e) {
      secret.close();
      throw e;
    }
  }

  @Override
  public synchronized void revoke(String name, String actor) {
    requireUsable();
    List<Kept> rest = kept.stream().filter(one -> !one.token().name().equals(name)).toList();
    if (rest.size() == kept.size()) {
      throw refused(
          "there is no token '%s'. latchkey:pbx-token shows those there are".formatted(name));
    }
    change(rest, actor, "pbx-token.revoked", name);
  }

  @Override
  public List<Token> tokens() {
    return kept.stream().map(Kept::token).sorted(Comparator.comparing(Token::name)).toList();
  }

  /** What is wrong, and who was refused. */
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>(refused.status());
    String wrong = problem;
    if (!wrong.isEmpty()) {
      lines.add(
          StatusLine.fault(
              "No bearer token of a PBX is taken: " + wrong,
              "Put the file right, or remove it and make new tokens; it is read again by itself"));
    } else if (!kept.isEmpty()) {
      lines.add(
          StatusLine.ok(
              "The PBX door takes %d bearer tokens, and demands no certificate"
                  .formatted(kept.size())));
    }
    return lines;
  }

  /**
   * Has a request at the PBX door answered when its peer may ask: one that showed a certificate in
   * the handshake, or shows a good token now. Everybody else hears the same.
   */
  public DoorAnswer guard(DoorRequest request, Function<DoorRequest, DoorAnswer> answerer) {
    if (!request.clientCertificates().isEmpty()) {
      return answerer.apply(request);
    }
    List<String> shown =
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("Authorization"))
            .map(DoorRequest.Header::value)
            .toList();
    String name = shown.size() == 1 ? owner(shown.get(0), kept) : "";
    if (!name.isEmpty()) {
      return answerer.apply(request.withToken(name));
    }
    refuse(request.source(), shown);
    return unauthorized();
  }

  private void refuse(InetSocketAddress source, List<String> shown) {
    String name = shown.size() == 1 ? owner(shown.get(0), ended) : "";
    if (!name.isEmpty()) {
      refused.ended(source, name);
    } else if (shown.isEmpty()) {
      refused.unknown(source, "neither certificate nor bearer token");
    } else {
      refused.unknown(source, "an unknown bearer token");
    }
  }

  /** Whose token it is; empty text when nobody's. All are compared, each in constant time. */
  private static String owner(String credentials, List<Kept> among) {
    if (!credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return "";
    }
    byte[] token = credentials.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    byte[] hash = hash(token).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(token, (byte) 0);
    String owner = "";
    for (Kept one : among) {
      if (MessageDigest.isEqual(one.hash().getBytes(StandardCharsets.US_ASCII), hash)) {
        owner = one.token().name();
      }
    }
    return owner;
  }

  private void change(List<Kept> next, String actor, String action, String name) {
    AuditLog log = audit;
    if (log == null) {
      throw refused("the audit log is away. Look at latchkey:status");
    }
    try {
      log.append(new AuditEntry(clock.instant(), actor, action, "", "", "", "", name));
      write(log, next, actor, action, name);
      keep(next);
      seen = file.stamp();
    } catch (AuditUnavailableException e) {
      throw refused(
          "the audit log can't be written: %s. Look at latchkey:status".formatted(e.getMessage()));
    } catch (IOException e) {
      throw refused("%s can't be written: %s".formatted(file.path(), e.getMessage()));
    }
  }

  /** What could not be done is not left in the audit log as done. */
  private void write(AuditLog log, List<Kept> next, String actor, String action, String name)
      throws IOException {
    try {
      file.write(next);
    } catch (IOException e) {
      String not = action.replace(".", ".not-");
      log.append(new AuditEntry(clock.instant(), actor, not, "", "", "", "", name + ": " + e));
      throw e;
    }
  }

  private void requireUsable() {
    if (!problem.isEmpty()) {
      throw refused(problem + ". Look at latchkey:status");
    }
  }

  private static DoorAnswer unauthorized() {
    return DoorAnswer.problem(
            401, "Unauthorized", "Show a client certificate, or a token of latchkey:pbx-token")
        .with("WWW-Authenticate", "Bearer realm=\"latchkey\"");
  }

  private static String hash(byte[] characters) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(characters));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was changed: %s.".formatted(why));
  }
}
