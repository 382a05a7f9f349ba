package org.latchkey.https.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PublicAddress;
import org.latchkey.https.internal.certificate.CertificateSource;
import org.latchkey.https.internal.certificate.Identity;
import org.latchkey.https.internal.certificate.PbxCertificates;
import org.latchkey.https.internal.certificate.PbxTls;
import org.latchkey.https.internal.certificate.PbxTrust;
import org.latchkey.https.internal.connection.Answerer;
import org.latchkey.https.internal.connection.DoorListener;
import org.latchkey.https.internal.connection.Workers;
import org.latchkey.https.internal.token.BearerTokens;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both doors, and the listener without TLS when it is wanted. They stay while resources come and
 * go, while a port is taken, and while certificates change or are broken: a thread of their own
 * looks after that every few seconds. All of Netty runs on threads of this component, so that none
 * of it is left on somebody else's.
 */
@Component(
    name = "org.latchkey.https",
    service = {HttpsDoors.class, PublicAddress.class, PbxDoor.class, StatusSource.class},
    immediate = true)
@Designate(ocd = HttpsConfiguration.class)
public final class HttpsDoors implements PublicAddress, PbxDoor, StatusSource {

  private static final Logger LOG = LoggerFactory.getLogger(HttpsDoors.class);
  private static final long END_SECONDS = 20;

  private final HttpsSettings settings;
  private final Clock clock;
  private final DoorResources resources;
  private final CertificateSource certificates;
  private final PbxTrust pbxTrust;
  private final PbxCertificates pbxCertificates;
  private final BearerTokens tokens;
  private final DoorListener phones;
  private final DoorListener pbx;
  private final Optional<DoorListener> bootstrap;
  private final ScheduledExecutorService upkeep;
  private final Future<?> rounds;
  private volatile Optional<SSLContext> pbxTls = Optional.empty();
  private boolean certificateDemanded = true;

  /** Opens the doors of this node. */
  @Activate
  public HttpsDoors(HttpsConfiguration configuration, @Reference BearerTokens tokens) {
    this(
        HttpsSettings.of(
            configuration,
            CertificateBackup.restored(Path.of(System.getProperty("karaf.base", "."))),
            Optional.ofNullable(System.getenv("LATCHKEY_BIND")).filter(bind -> !bind.isBlank())),
        tokens,
        Clock.systemUTC(),
        System::nanoTime,
        Executors.newSingleThreadScheduledExecutor(Workers.threads("latchkey-https-upkeep")));
  }

  /** Takes over {@code upkeep}, which has one thread. */
  HttpsDoors(
      HttpsSettings settings,
      BearerTokens tokens,
      Clock clock,
      LongSupplier nanoTime,
      ScheduledExecutorService upkeep) {
    this.tokens = tokens;
    this.upkeep = upkeep;
    this.settings = settings;
    this.clock = clock;
    resources = new DoorResources(settings.grace(), settings.awaited(), nanoTime);
    certificates = settings.certificates();
    pbxTrust = settings.pbxTrust();
    pbxCertificates = settings.pbxCertificates();
    phones =
        new DoorListener(
            settings.phones(),
            settings.engine(),
            request -> resources.answer(Door.PHONES, request),
            nanoTime);
    pbx = new DoorListener(settings.pbx(), settings.engine(), guarded(tokens, resources), nanoTime);
    bootstrap =
        settings
            .bootstrap()
            .map(
                set ->
                    new DoorListener(
                        set,
                        settings.engine(),
                        request -> resources.answer(Door.BOOTSTRAP, Stripped.of(request)),
                        nanoTime));
    certificates.refresh(clock.instant());
    tokens.refresh();
    upkeep.execute(this::start);
    rounds =
        upkeep.scheduleWithFixedDelay(
            this::look,
            settings.check().toMillis(),
            settings.check().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The PBX door: a certificate that was judged in the handshake, or a token. */
  private static Answerer guarded(BearerTokens tokens, DoorResources resources) {
    return new Answerer() {
      @Override
      public DoorAnswer answer(DoorRequest request) {
        return tokens.guard(request, known -> resources.answer(Door.PBX, known));
      }

      @Override
      public boolean answersAtOnce(DoorRequest request) {
        return resources.answersAtOnce(Door.PBX, request);
      }
    };
  }

  void addResource(DoorResource resource) {
    resources.add(resource);
  }

  void removeResource(DoorResource resource) {
    resources.remove(resource);
  }

  /** Closes the doors; running requests have two seconds to end. */
  @Deactivate
  public void close() {
    rounds.cancel(false);
    upkeep.execute(
        () -> {
          phones.close();
          pbx.close();
          bootstrap.ifPresent(DoorListener::close);
        });
    upkeep.shutdown();
    try {
      if (!upkeep.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The doors did not close within {} s", END_SECONDS);
        upkeep.shutdownNow();
      }
    } catch (InterruptedException e) {
      upkeep.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public URI phones() {
    int port = settings.publicPort();
    return uri(port == 0 ? phones.port().orElse(settings.phones().port()) : port);
  }

  @Override
  public Optional<URI> bootstrap() {
    return bootstrap
        .filter(one -> one.port().isPresent())
        .map(one -> uri("http", one.port().getAsInt()));
  }

  @Override
  public URI address() {
    return uri(pbx.port().orElse(settings.pbx().port()));
  }

  private URI uri(int port) {
    return uri("https", port);
  }

  private URI uri(String scheme, int port) {
    String name = settings.names().publicName();
    return URI.create(
        scheme + "://" + (name.contains(":") ? '[' + name + ']' : name) + ':' + port + '/');
  }

  @Override
  public Optional<ClientCertificate> issue(String name) {
    return pbxCertificates.issue(name, clock.instant());
  }

  @Override
  public Optional<SSLContext> tls() {
    return pbxTls;
  }

  @Override
  public String caPem() {
    return certificates.caPem();
  }

  @Override
  public Optional<Path> caFile() {
    return certificates.caFile();
  }

  @Override
  public String part() {
    return "https doors";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>(certificates.status(clock.instant()));
    lines.addAll(phones.status());
    lines.addAll(pbx.status());
    bootstrap.ifPresent(one -> lines.addAll(one.status()));
    lines.addAll(pbxTrust.status());
    lines.addAll(tokens.status());
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  /** The ports that are open: the phones', then the PBXs', then the one without TLS. */
  List<Integer> openPorts() {
    List<Integer> ports = new ArrayList<>();
    phones.port().ifPresent(ports::add);
    pbx.port().ifPresent(ports::add);
    bootstrap.ifPresent(one -> one.port().ifPresent(ports::add));
    return ports;
  }

  private void start() {
    pbxTrust.refresh();
    certificateDemanded = tokens.tokens().isEmpty();
    certificates.identity().ifPresent(this::show);
    open();
  }

  /** One round of upkeep. */
  private void look() {
    try {
      boolean changed = certificates.refresh(clock.instant());
      tokens.refresh();
      boolean demanded = certificateDemanded;
      certificateDemanded = tokens.tokens().isEmpty();
      if (pbxTrust.refresh() || changed || demanded != certificateDemanded) {
        certificates.identity().ifPresent(this::show);
      }
      open();
    } catch (RuntimeException e) {
      LOG.error("The doors can't be looked after; tried again in {}", settings.check(), e);
    }
  }

  private void show(Identity identity) {
    phones.use(identity, Set.of(), false);
    pbx.use(identity, pbxTrust.authorities(), certificateDemanded);
    pbxTls = PbxTls.context(identity, pbxTrust.authorities());
  }

  private void open() {
    phones.open();
    pbx.open();
    bootstrap.ifPresent(DoorListener::open);
  }
}
