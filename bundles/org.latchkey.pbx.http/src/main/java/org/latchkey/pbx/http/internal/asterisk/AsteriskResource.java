package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.Form.BadFormException;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /asterisk/} of the PBX door. Asterisk asks through a proxy on its own machine that has the
 * client certificate; that not everybody on that machine asks, a word is in the path: {@code
 * /asterisk/WORD/16/ps_endpoints/single}, {@code /asterisk/WORD/admit}.
 */
@Component(service = DoorResource.class)
public final class AsteriskResource implements DoorResource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AsteriskResource.class);
  private static final String PATH = "/asterisk/";
  private static final Set<String> TABLES = Set.of("ps_endpoints", "ps_auths", "ps_aors");
  private static final Set<String> FIELDS =
      Stream.concat(Stream.of("id"), DialplanQuestions.FIELDS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final PbxSite site;
  private final PromisedCredentials promised;
  private final Tables tables;
  private final DialplanQuestions dialplan;
  private final RpcWord word;

  /** What Asterisk asks at this site. */
  @Activate
  public AsteriskResource(
      @Reference PbxSite site,
      @Reference Asterisk asterisk,
      @Reference IssuedKeys keys,
      @Reference LatchkeyServices services) {
    this(
        site,
        asterisk,
        keys,
        services,
        word(Path.of(System.getProperty("karaf.base", ""))),
        Clock.systemUTC());
  }

  /** Without OSGi. */
  AsteriskResource(
      PbxSite site,
      Asterisk asterisk,
      IssuedKeys keys,
      LatchkeyServices services,
      RpcWord word,
      InstantSource clock) {
    this.site = site;
    this.promised = new PromisedCredentials(clock);
    this.tables = new Tables(site, asterisk.settings(), keys, services, promised);
    this.dialplan = new DialplanQuestions(site, asterisk.settings(), keys, services, clock);
    this.word = word;
  }

  /** Wipes what was kept for a moment. */
  @Override
  @Deactivate
  public void close() {
    promised.close();
  }

  /** The word in Asterisk's questions, in the path of those over HTTPS. */
  static RpcWord word(Path base) {
    return new RpcWord(base, "asterisk-path");
  }

  @Override
  public Door door() {
    return Door.PBX;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    if (!site.admits(request, "asterisk")
        || !request.method().equals("POST")
        || !request.path().startsWith(PATH)) {
      return DoorAnswer.notFound();
    }
    String[] steps = request.path().substring(PATH.length()).split("/", -1);
    byte[] body = request.body().copy();
    try {
      return isWord(word, steps[0].getBytes(StandardCharsets.UTF_8))
          ? answer(steps, Form.read(body, FIELDS))
          : DoorAnswer.notFound();
    } catch (BadFormException | IllegalArgumentException e) {
      return DoorAnswer.of(400, "text/plain", Secret.ofText(""));
    } catch (IOException e) {
      LOG.warn("The word in Asterisk's questions can't be read: {}", e.getMessage());
      return DoorAnswer.of(503, "text/plain", Secret.ofText(""));
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("A question of Asterisk could not be answered", e);
      return Tables.none();
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private DoorAnswer answer(String[] steps, Form form) {
    if (steps.length == 2) {
      return dialplan
          .answer(steps[1], form)
          .map(AsteriskResource::text)
          .orElseGet(DoorAnswer::notFound);
    }
    if (steps.length != 4 || !steps[1].matches("16|22") || !TABLES.contains(steps[2])) {
      return DoorAnswer.notFound();
    }
    return switch (steps[3]) {
      case "single" -> tables.single(steps[2], form.get("id"), steps[1].equals("22"));
      case "multi" -> Tables.none();
      case "update", "store", "destroy", "require" -> text("0");
      default -> DoorAnswer.notFound();
    };
  }

  /**
   * Whether what was given is the word that Asterisk's configuration has.
   *
   * @throws IOException when the word can't be read or made
   */
  static boolean isWord(RpcWord word, byte[] given) throws IOException {
    byte[] wanted = new byte[0];
    try (Secret secret = word.read()) {
      wanted = secret.copy();
      return MessageDigest.isEqual(wanted, given);
    } finally {
      Arrays.fill(wanted, (byte) 0);
    }
  }

  private static DoorAnswer text(String text) {
    return DoorAnswer.of(200, "text/plain", Secret.ofText(text));
  }
}
