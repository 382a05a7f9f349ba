package org.latchkey.pbx.radius.internal;

import java.util.List;
import java.util.Optional;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;

/** The services that are asked and told, as they are at this moment; any may be away. */
interface LatchkeyServices {

  /** Who knows HA1s. */
  Optional<Ha1Source> ha1Source();

  /** Who makes nonces and checks digests over them. */
  Optional<RegistrationAuthenticator> authenticator();

  /** Who wants to know of registrations. */
  List<RegistrationListener> registrationListeners();

  /** Notes what happened to a phone, if there is a journal. */
  void note(PhoneEvent event);
}
