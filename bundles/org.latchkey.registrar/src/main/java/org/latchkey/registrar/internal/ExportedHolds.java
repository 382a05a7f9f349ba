package org.latchkey.registrar.internal;

import java.util.Collection;
import java.util.List;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.sealing.Contents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The holds of the export in force, for the quarantine. They are changed at the key agent. */
@Component(immediate = true, property = Node.AFTER_OTHERS)
public final class ExportedHolds implements HoldRecords {

  private final NodeCustody custody;

  /** The service. */
  @Activate
  public ExportedHolds(@Reference Node registrar) {
    this(registrar.custody());
  }

  ExportedHolds(NodeCustody custody) {
    this.custody = custody;
  }

  @Override
  public List<Hold> holds() {
    Standing standing = custody.standing();
    return standing
        .contents()
        .map(Contents::holds)
        .orElseThrow(
            () -> unavailable("Who is held is not known: " + standing.unavailable().orElse("")));
  }

  @Override
  public boolean knowsNewKeys() {
    return false;
  }

  @Override
  public void add(Hold hold) {
    throw readOnly();
  }

  @Override
  public void addAll(List<Hold> holds) {
    throw readOnly();
  }

  @Override
  public void removeAll(Collection<String> keyIdentifiers, Hold.Kind kind) {
    throw readOnly();
  }

  @Override
  public void remove(String keyIdentifier, Hold.Kind kind) {
    throw readOnly();
  }

  private static StoreUnavailableException readOnly() {
    return unavailable(
        "Phones are held and released at the key agent; its next export brings that here.");
  }

  private static StoreUnavailableException unavailable(String sentence) {
    return new StoreUnavailableException(sentence, new IllegalStateException("no store here"));
  }
}
