package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.PbxDoor;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.Form.BadFormException;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate by FastAGI: what the dialplan asks over HTTPS otherwise, with the same word and the same
 * certificate, by whose proxy on Asterisk's machine it comes. Where there is no answer to a
 * question, its connection ends.
 */
@Component(immediate = true, service = StatusSource.class)
public final class AgiGate implements StatusSource, AgiConnection.Answerer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgiGate.class);

  /** More than haproxy waits, and less than the dialplan does. */
  private static final long DEADLINE_MILLIS = 1_500;

  private final PbxSite site;
  private final DialplanQuestions dialplan;
  private final AgiSettings settings;
  private final RpcWord word;
  private final InstantSource clock;
  private final Optional<AgiPort> port;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable PbxDoor door;

  /** Opens the port, if the settings want one. */
  @Activate
  public AgiGate(
      @Reference PbxSite site,
      @Reference Asterisk asterisk,
      @Reference IssuedKeys keys,
      @Reference LatchkeyServices services) {
    this(
        site,
        asterisk,
        keys,
        services,
        AsteriskResource.word(Path.of(System.getProperty("karaf.base", ""))),
        Clock.systemUTC());
  }

  /** Without OSGi, and so without TLS: nobody is answered at the port. */
  AgiGate(
      PbxSite site,
      Asterisk asterisk,
      IssuedKeys keys,
      LatchkeyServices services,
      RpcWord word,
      InstantSource clock) {
    this.site = site;
    this.dialplan = new DialplanQuestions(site, asterisk.settings(), keys, services, clock);
    this.settings = asterisk.settings().agi();
    this.word = word;
    this.clock = clock;
    this.port =
        settings.on()
            ? Optional.of(new AgiPort(settings.socketAddress(), this::tls, this, DEADLINE_MILLIS))
            : Optional.empty();
  }

  private Optional<SSLContext> tls() {
    return Optional.ofNullable(door).flatMap(PbxDoor::tls);
  }

  /** Closes the port. */
  @Override
  @Deactivate
  public void close() {
    port.ifPresent(AgiPort::close);
  }

  /** A session that is resumed is not compared with the clock by TLS. */
  @Override
  public boolean knows(List<X509Certificate> chain) {
    try {
      chain.get(0).checkValidity(Date.from(clock.instant()));
      return site.admits(chain, "asterisk");
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public String answer(AgiQuestion question) {
    byte[] given = question.word();
    byte[] form = question.form();
    try {
      return AsteriskResource.isWord(word, given) && question.script().equals("admit")
          ? dialplan.admit(Form.read(form, DialplanQuestions.FIELDS))
          : "";
    } catch (BadFormException | IllegalArgumentException e) {
      return "";
    } catch (IOException e) {
      LOG.warn("The word in Asterisk's questions can't be read: {}", e.getMessage());
      return "";
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("A question of Asterisk could not be answered", e);
      return "";
    } finally {
      Arrays.fill(given, (byte) 0);
      Arrays.fill(form, (byte) 0);
    }
  }

  @Override
  public String part() {
    return "FastAGI";
  }

  @Override
  public List<StatusLine> status() {
    return port.map(this::status).stream().toList();
  }

  private StatusLine status(AgiPort opened) {
    if (opened.at().isEmpty()) {
      return fault(
          opened.problem(),
          "Free the port, or set another agiAddress in etc/org.latchkey.pbx.http.asterisk.cfg; it"
              + " is tried again by itself.");
    }
    return tls().isEmpty()
        ? fault(
            "the PBX door is closed, or has no certificate or authority, and its TLS is used here",
            "Bring the PBX door back; what is wrong with it is in its own line.")
        : StatusLine.ok("Asterisk's dialplan is answered at " + settings.address());
  }

  private StatusLine fault(String problem, String remedy) {
    return StatusLine.fault(
        "Asterisk's dialplan can't be answered at %s, so ordinary calls there end with 503: %s"
            .formatted(settings.address(), problem),
        remedy);
  }
}
