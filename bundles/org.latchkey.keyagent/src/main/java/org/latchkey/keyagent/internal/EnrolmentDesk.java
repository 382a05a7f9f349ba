package org.latchkey.keyagent.internal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.Knock;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Base32;
import org.latchkey.keyscheme.KeyIdentifier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What administrators ask of the key generating agent. */
@Component(immediate = true)
public final class EnrolmentDesk implements Enrolments {

  private static final int ID_CHARACTERS = 10;
  private static final Comparator<KeyRecord> NEWEST_FIRST =
      Comparator.comparing(KeyRecord::issuedAt).reversed();

  private final AgentSettings settings;
  private final Orders orders;
  private final Codes codes;
  private final Changes changes;
  private final KeyDesk keyDesk;
  private final Knocks knocks;
  private final DeviceLines lines;
  private final OtherLines others;
  private final FetchAgain fetchAgain;
  private final Stripes enrolments;
  private final Clock clock;
  private final SecureRandom random;

  /** The service. */
  @Activate
  public EnrolmentDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  EnrolmentDesk(Parts parts) {
    settings = parts.settings();
    orders = new Orders(parts);
    codes = parts.codes();
    changes = parts.changes();
    keyDesk = new KeyDesk(parts, changes);
    knocks = parts.knocks();
    lines = parts.lines();
    others = new OtherLines(lines, changes::store);
    fetchAgain = new FetchAgain(parts.neighbours());
    enrolments = parts.enrolments();
    clock = parts.clock();
    random = parts.random();
  }

  @Override
  public synchronized NewEnrolment enrol(EnrolmentOrder order, String actor) {
    return enrolLines(List.of(order), actor).get(0);
  }

  @Override
  public synchronized List<NewEnrolment> enrolLines(List<EnrolmentOrder> list, String actor) {
    requireGood(list, inventory(list));
    return added(list, actor, "enrolment.created", done -> {});
  }

  @Override
  public synchronized List<NewEnrolment> enrolAnew(List<EnrolmentOrder> list, String actor) {
    requireGood(list, Optional.empty());
    List<EnrolmentOrder> anew = ListedVendor.staying(changes.store(), list);
    return added(anew, actor, "enrolment.created", done -> {});
  }

  @Override
  public List<Problem> check(List<EnrolmentOrder> list) {
    return orders.problems(list, inventory(list), others);
  }

  @Override
  public synchronized List<NewEnrolment> enrolAll(
      List<EnrolmentOrder> list, String actor, IntConsumer progress) {
    requireGood(list, inventory(list));
    return list.isEmpty() ? List.of() : added(list, actor, "enrolment.imported", progress);
  }

  private void requireGood(List<EnrolmentOrder> list, Optional<Inventory> inventory) {
    List<Problem> problems = orders.problems(list, inventory, others);
    if (problems.isEmpty()) {
      return;
    }
    Problem first = problems.get(0);
    throw new RequestRefusedException(
        list.size() == 1
            ? "Nothing was enrolled. " + first.sentence()
            : "Nothing was enrolled, %d of %d entries are bad. Entry %d: %s"
                .formatted(problems.size(), list.size(), first.index() + 1, first.sentence()));
  }

  /** What the inventory has, where orders are for it. */
  private Optional<Inventory> inventory(List<EnrolmentOrder> list) {
    return list.stream().anyMatch(one -> one.codeKind() == CodeKind.INVENTORY)
        ? Optional.of(new Inventory(changes.store(), clock.instant()))
        : Optional.empty();
  }

  @Override
  public List<Enrolment> enrolments() {
    Instant now = clock.instant();
    return changes.store().enrolments().stream()
        .filter(e -> e.keyIdentifier().isPresent() || now.isBefore(e.expiresAt()))
        .toList();
  }

  @Override
  public void cancel(String id, String actor) {
    enrolments.alone(id, () -> cancelled(id, actor));
  }

  @Override
  public List<Knock> knocks() {
    return knocks.newestFirst();
  }

  @Override
  public List<KeyRecord> keys() {
    return changes.store().keys();
  }

  @Override
  public List<KeyRecord> find(String phone) {
    String word = phone.strip();
    KeyRecords store = changes.store();
    Map<String, KeyRecord> found = new LinkedHashMap<>();
    KeyIdentifier.parse(word)
        .flatMap(identifier -> store.key(identifier.text()))
        .ifPresent(key -> found.put(key.keyIdentifier(), key));
    aor(word).ifPresent(aor -> store.keysOf(aor).forEach(k -> found.put(k.keyIdentifier(), k)));
    store.keysOfUser(word).forEach(key -> found.put(key.keyIdentifier(), key));
    if (found.isEmpty()) {
      // Phones name their devices themselves: an extension always means that extension.
      DeviceIdentifier.canonical(word)
          .ifPresent(
              device -> store.keysOfDevice(device).forEach(k -> found.put(k.keyIdentifier(), k)));
    }
    return found.values().stream().sorted(NEWEST_FIRST).toList();
  }

  @Override
  public List<KeyRecord> lines(String keyIdentifier) {
    KeyRecords store = changes.store();
    return store.key(keyIdentifier).map(key -> lines.keys(store, key)).orElse(List.of());
  }

  @Override
  public Ended revoke(String keyIdentifier, String reason, String actor) {
    return keyDesk.revoke(keyIdentifier, reason, actor);
  }

  @Override
  public Ended revokeDevice(String device, String reason, String actor) {
    String canonical =
        DeviceIdentifier.canonical(device)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was done: write " + DeviceIdentifier.EXPECTED + '.'));
    return keyDesk.revokeDevice(canonical, reason, actor);
  }

  @Override
  public List<Enrolment> otherLines(List<EnrolmentOrder> list) {
    return others.beside(list.stream().map(orders::check).toList());
  }

  @Override
  public Enrolment assign(String keyIdentifier, String aorText, String actor) {
    return keyDesk.assign(keyIdentifier, orders.aor(aorText), freshId(), actor);
  }

  @Override
  public Site site() {
    return settings.site();
  }

  private List<NewEnrolment> added(
      List<EnrolmentOrder> list, String actor, String action, IntConsumer progress) {
    KeyRecords store = changes.store();
    List<LineOrder> planned =
        LineOrder.all(list.stream().map(orders::check).toList(), lines, store);
    List<NewEnrolment> made = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    try {
      for (LineOrder order : planned) {
        NewEnrolment one = Changes.refusing(() -> fresh(order, actor));
        made.add(one);
        boolean pin = order.kind() == CodeKind.PIN;
        String detail = (pin ? "PIN, enrolment " : "Enrolment ") + one.enrolment().id();
        entries.add(changes.entry(actor, action, one.enrolment(), detail));
        progress.accept(made.size());
      }
      changes.evidence(entries);
      store.addEnrolments(made.stream().map(NewEnrolment::enrolment).toList());
      tell(planned);
      return List.copyOf(made);
    } catch (RuntimeException e) {
      made.forEach(NewEnrolment::close);
      throw e;
    }
  }

  /** One phone is told to fetch its further lines; of many each fetches when its time comes. */
  private void tell(List<LineOrder> planned) {
    List<KeyRecord> phones = planned.stream().flatMap(one -> one.beside().stream()).toList();
    if (phones.stream().map(KeyRecord::device).distinct().count() == 1) {
      fetchAgain.tell(phones.get(0));
    }
  }

  private NewEnrolment fresh(LineOrder planned, String actor) {
    String id = freshId();
    Orders.Checked checked = planned.checked();
    EnrolmentOrder order = checked.order();
    CodeKind kind = planned.kind();
    Optional<Secret> code = planned.isCoded() ? Optional.of(codes.fresh(kind)) : Optional.empty();
    Instant now = changes.now();
    Enrolment enrolment =
        new Enrolment(
            id,
            checked.aor(),
            checked.device(),
            order.line(),
            order.displayName().map(String::strip),
            order.approval(),
            kind,
            code.map(given -> codes.hash(kind, id, given)).orElse(ListedVendor.kept(kind, order)),
            actor,
            now,
            planned.end(now),
            Codes.isTyped(kind) ? Codes.TRIES : 0,
            Optional.empty());
    return new NewEnrolment(enrolment, code);
  }

  private Optional<Enrolment> cancelled(String id, String actor) {
    KeyRecords store = changes.store();
    Enrolment enrolment =
        store
            .enrolment(id)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "There is no enrolment " + id + "; latchkey:enrolments lists them."));
    Instant now = changes.now();
    if (!now.isBefore(enrolment.expiresAt())) {
      throw new RequestRefusedException(
          "The window of enrolment " + id + " ended at " + enrolment.expiresAt() + " already.");
    }
    String detail = "Enrolment " + id;
    changes.evidence(List.of(changes.entry(actor, "enrolment.cancelled", enrolment, detail)));
    store.updateEnrolment(enrolment.endingAt(now));
    return Optional.of(enrolment);
  }

  private Optional<Aor> aor(String word) {
    try {
      return Optional.of(orders.read(word));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String freshId() {
    return freshId(random);
  }

  /** A name for an enrolment that no other has. */
  static String freshId(SecureRandom random) {
    byte[] bits = new byte[(ID_CHARACTERS * 5 + 7) / 8];
    random.nextBytes(bits);
    return new String(Base32.encode(bits, ID_CHARACTERS), StandardCharsets.US_ASCII);
  }
}
