package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.latchkey.pbx.Registration;

/** The registrations and calls of a SIP proxy, and which key each was made with. Blocks for it. */
public interface KeyedContacts {

  /** All registrations. */
  List<Registration> registrations(Instant now) throws IOException;

  /** The keys that have registered lately. */
  Set<String> keys() throws IOException;

  /**
   * Removes the contacts that were registered with a key.
   *
   * @return how many there were
   */
  int drop(String keyIdentifier) throws IOException;

  /**
   * Ends the calls that a key makes or has taken, except those to a permitted destination.
   *
   * @return how many there were
   */
  int hangUp(String keyIdentifier) throws IOException;

  /**
   * Sends a NOTIFY with an Event header to the contacts of a key.
   *
   * @return how many there were
   */
  int checkSync(String keyIdentifier, String event, Instant now) throws IOException;

  /**
   * The mark of the settings that the proxy's configuration was made of; empty when it has none.
   */
  String made() throws IOException;
}
