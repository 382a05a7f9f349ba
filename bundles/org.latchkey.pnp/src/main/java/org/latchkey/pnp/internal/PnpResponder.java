package org.latchkey.pnp.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.PublicAddress;
import org.latchkey.phone.PhoneProfile;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers phones that ask the network where their files are, when that is wanted. It outlives doors
 * and profiles; while the doors are away it says nothing, and phones ask again.
 */
@Component(service = StatusSource.class, immediate = true, configurationPid = "org.latchkey.pnp")
@Designate(ocd = PnpConfiguration.class)
public final class PnpResponder implements StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PnpResponder.class);
  private static final int TAG_BYTES = 8;
  private static final int MOST_CHARACTERS = 40;

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<PhoneProfile> profiles = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PublicAddress publicAddress;

  private final PnpSettings settings;
  private final Pace pace;
  private final SecureRandom random = new SecureRandom();
  private final LongAdder told = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final @Nullable GroupListener listener;

  /** Listens if the settings say so. */
  @Activate
  public PnpResponder(PnpConfiguration configuration) {
    this(PnpSettings.of(configuration), null, List.of(), PnpResponder::log, System::nanoTime);
  }

  /**
   * A responder with these neighbours.
   *
   * @param problems told why phones are not heard, each time that this changes; empty: they are
   * @param nanoTime for how often whom is answered
   */
  PnpResponder(
      PnpSettings settings,
      @Nullable PublicAddress publicAddress,
      List<PhoneProfile> profiles,
      Consumer<String> problems,
      LongSupplier nanoTime) {
    pace = new Pace(nanoTime);
    this.settings = settings;
    this.publicAddress = publicAddress;
    this.profiles = profiles;
    listener =
        settings.enabled()
            ? GroupListener.started(settings.group(), settings.interfaces(), this::answer, problems)
            : null;
  }

  @Override
  public String part() {
    return "sip pnp";
  }

  @Override
  public List<StatusLine> status() {
    GroupListener running = listener;
    if (running == null) {
      return List.of();
    }
    String words =
        "%d answers to phones that asked where their files are, %d questions not answered"
            .formatted(told.sum(), unanswered.sum());
    return running
        .problem()
        .map(
            why ->
                List.of(
                    StatusLine.fault(
                        "Phones are not heard: " + why,
                        "See interfaces and port in etc/org.latchkey.pnp.cfg; it is tried again"
                            + " every few seconds.")))
        .orElseGet(() -> List.of(pace.isFull() ? full(words) : StatusLine.ok(words)));
  }

  private static StatusLine full(String words) {
    return StatusLine.warning(
        words + "; in the last minute more asked than the 20 a second that are answered",
        "Phones that start ask again by themselves. If it goes on, somebody floods the group: set"
            + " networks in etc/org.latchkey.pnp.cfg to the phones' own, or enabled = false.");
  }

  /** Leaves the group. */
  @Override
  @Deactivate
  public void close() {
    GroupListener running = listener;
    if (running != null) {
      running.close();
    }
  }

  private static void log(String problem) {
    if (!problem.isEmpty()) {
      LOG.warn("Phones that ask the network are not heard: {}", problem);
    }
  }

  /** Answers a datagram, or not. */
  Optional<Answer> answer(byte[] datagram, InetSocketAddress source, GroupListener.OwnAddress own) {
    PublicAddress doors = publicAddress;
    Optional<Subscribe> question =
        doors == null || !isServed(source.getAddress()) ? Optional.empty() : Subscribe.of(datagram);
    Optional<Answer> answer =
        doors == null
            ? Optional.empty()
            : question.flatMap(
                one -> pace.answer(source.getAddress(), one, () -> made(one, source, own, doors)));
    (answer.isPresent() ? told : unanswered).increment();
    return answer;
  }

  private boolean isServed(InetAddress source) {
    return settings.networks().contains(source) && !source.isMulticastAddress();
  }

  private Optional<Answer> made(
      Subscribe question,
      InetSocketAddress source,
      GroupListener.OwnAddress own,
      PublicAddress doors) {
    byte[] tag = new byte[TAG_BYTES];
    random.nextBytes(tag);
    return own.towards(source)
        .map(
            from ->
                Answer.to(
                    question,
                    source,
                    from,
                    FilesAddress.of(doors, settings.bootstrap(), profiles, question.vendor()),
                    HexFormat.of().formatHex(tag)))
        .filter(answer -> answer.fits(question))
        .map(answer -> logged(answer, question, source));
  }

  private static Answer logged(Answer answer, Subscribe question, InetSocketAddress source) {
    LOG.info(
        "Told a phone at {} where its files are; it says that it is a {} {}",
        source.getAddress().getHostAddress(),
        cleaned(question.vendor()),
        cleaned(question.model()));
    return answer;
  }

  private static String cleaned(String text) {
    String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
