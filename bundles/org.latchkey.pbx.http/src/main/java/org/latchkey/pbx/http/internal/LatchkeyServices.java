package org.latchkey.pbx.http.internal;

import java.util.List;
import java.util.Optional;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RecentRefusals;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;

/** The services that are asked and told, as they are at this moment; any may be away. */
public interface LatchkeyServices {

  /** Who knows HA1s. */
  Optional<Ha1Source> ha1Source();

  /** Who checks digests. */
  Optional<RegistrationAuthenticator> authenticator();

  /** Who decides on calls. */
  Optional<CallAdmission> admission();

  /** Who wants to know of registrations. */
  List<RegistrationListener> registrationListeners();

  /** Who wants to know of calls to permitted destinations. */
  List<PermittedCallListener> permittedCallListeners();

  /** Who knows whom another adapter has refused. */
  Optional<RecentRefusals> recentRefusals();

  /** Notes what happened to a phone, if there is a journal. */
  void note(PhoneEvent event);
}
