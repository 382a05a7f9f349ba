package org.latchkey.pbx.http.internal.freeswitch;

import java.util.Optional;
import org.latchkey.admission.CallAdmission;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.registration.Ha1Source;

/** The services that are asked and told, as they are at this moment; any may be away. */
interface Services {

  /** Who knows HA1s. */
  Optional<Ha1Source> ha1Source();

  /** Who decides on calls. */
  Optional<CallAdmission> admission();

  /** Notes what happened to a phone, if there is a journal. */
  void note(PhoneEvent event);
}
