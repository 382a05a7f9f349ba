package org.latchkey.audit;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The short memory of what happened to each phone, for {@code latchkey:why}: bounded, in memory,
 * and never in the way.
 */
@ProviderType
public interface PhoneJournal {

  /** Notes an event. Returns at once from any thread, never throws; under flood it may forget. */
  void note(PhoneEvent event);

  /**
   * The last events of a phone, newest first.
   *
   * @param phone an extension, AOR, device identifier, key identifier or network address
   * @param limit how many at most
   */
  List<PhoneEvent> recent(String phone, int limit);
}
