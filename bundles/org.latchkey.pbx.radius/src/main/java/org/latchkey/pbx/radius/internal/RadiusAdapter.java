package org.latchkey.pbx.radius.internal;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.door.PbxDoor;
import org.latchkey.key.Aor;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RecentRefusals;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Both RADIUS ports. They outlive the services that are asked; while one is away there is silence,
 * and a client asks its other server.
 */
@Component(
    configurationPid = "org.latchkey.pbx.radius",
    immediate = true,
    service = {StatusSource.class, RecentRefusals.class})
@Designate(ocd = RadiusConfiguration.class)
public final class RadiusAdapter
    implements StatusSource, RecentRefusals, LatchkeyServices, AutoCloseable {

  private static final long HANDSHAKE_MILLIS = 10_000;

  /** The shared secret of all RadSec peers, which protects nothing (RFC 6614 section 2.3). */
  private static final byte[] RADSEC = "radsec".getBytes(StandardCharsets.US_ASCII);

  private final RadiusSettings settings;
  private final RadiusDesk desk;
  private final Map<String, SharedSecret> secrets = new LinkedHashMap<>();
  private final Optional<UdpListener> udp;
  private final Optional<RadsecListener> radsec;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Ha1Source ha1Source;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationAuthenticator authenticator;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PhoneJournal journal;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PbxDoor door;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<RegistrationListener> registrationListeners = List.of();

  /** Opens the ports of the settings. */
  @Activate
  public RadiusAdapter(RadiusConfiguration configuration) {
    this(
        RadiusSettings.of(configuration),
        Path.of(System.getProperty("karaf.base", "")),
        Clock.systemUTC());
  }

  /** Without OSGi, and so without a service to ask. */
  RadiusAdapter(RadiusSettings settings, Path base, Clock clock) {
    this.settings = settings;
    desk = new RadiusDesk(settings, this, clock);
    for (RadiusClient client : settings.clients()) {
      secrets.put(
          client.name(),
          new SharedSecret(SharedSecret.fileOf(base, client.name()), System::nanoTime));
    }
    udp =
        settings.clients().isEmpty()
            ? Optional.empty()
            : Optional.of(new UdpListener(settings.udp(), this::answer));
    radsec =
        settings.certificateClients().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new RadsecListener(settings.radsec(), this::tls, new Holders(), HANDSHAKE_MILLIS));
  }

  private Optional<byte[]> answer(byte[] datagram, InetSocketAddress source) {
    for (RadiusClient client : settings.clients()) {
      SharedSecret secret = secrets.get(client.name());
      if (secret != null && client.isAt(source.getAddress())) {
        return secret.bytes().flatMap(bytes -> answer(datagram, client, bytes));
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> answer(byte[] datagram, RadiusClient client, byte[] secret) {
    try {
      return desk.answer(datagram, client, secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Optional<SSLContext> tls() {
    PbxDoor present = door;
    return present == null ? Optional.empty() : present.tls();
  }

  /** Who shows a certificate. */
  private final class Holders implements RadsecConnection.Answerer {
    @Override
    public boolean knows(String commonName) {
      return client(commonName).isPresent();
    }

    @Override
    public Optional<byte[]> answer(byte[] packet, String commonName) {
      return client(commonName).flatMap(client -> desk.answer(packet, client, RADSEC));
    }

    private Optional<RadiusClient> client(String commonName) {
      return settings.certificateClients().stream()
          .filter(client -> client.name().equals(commonName))
          .findFirst();
    }
  }

  /** Closes the ports and wipes the secrets. */
  @Override
  @Deactivate
  public void close() {
    udp.ifPresent(UdpListener::close);
    radsec.ifPresent(RadsecListener::close);
    secrets.values().forEach(SharedSecret::close);
  }

  @Override
  public String part() {
    return "RADIUS";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    udp.ifPresent(
        listener -> lines.add(RadiusStatus.port("RADIUS", settings.udp(), listener.port())));
    radsec.ifPresent(
        listener -> lines.add(RadiusStatus.port("RadSec", settings.radsec(), listener.port())));
    lines.addAll(RadiusStatus.clients(settings, secrets, desk));
    if (lines.isEmpty()) {
      lines.add(StatusLine.ok("No PBX is named in etc/org.latchkey.pbx.radius.cfg: it is off"));
    }
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  @Override
  public boolean refused(String keyIdentifier, Aor aor) {
    return desk.refusals().refused(keyIdentifier, aor);
  }

  @Override
  public Optional<Ha1Source> ha1Source() {
    return Optional.ofNullable(ha1Source);
  }

  @Override
  public Optional<RegistrationAuthenticator> authenticator() {
    return Optional.ofNullable(authenticator);
  }

  @Override
  public List<RegistrationListener> registrationListeners() {
    return registrationListeners;
  }

  @Override
  public void note(PhoneEvent event) {
    PhoneJournal present = journal;
    if (present != null) {
      present.note(event);
    }
  }
}
