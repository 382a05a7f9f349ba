package org.latchkey.pbx.reference.internal.service;

import java.util.List;
import java.util.Optional;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.PhoneMoves;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RegistrationAuthenticator;

/** Latchkey's services as they are at this moment: each may come and go. Any thread. */
public interface LatchkeyServices {

  /** Who checks credentials. */
  Optional<RegistrationAuthenticator> authenticator();

  /** Who decides on calls. */
  Optional<CallAdmission> admission();

  /** The short memory of each phone. */
  Optional<PhoneJournal> journal();

  /** Who knows which keys were revoked. */
  Optional<RegistrationKeys> keys();

  /** Who knows what a phone's challenge is answered with. */
  Optional<Ha1Source> ha1s();

  /** Who gives phones to users who move. */
  Optional<PhoneMoves> moves();

  /** Who wants to hear of calls to permitted destinations. */
  List<PermittedCallListener> permittedCallListeners();
}
