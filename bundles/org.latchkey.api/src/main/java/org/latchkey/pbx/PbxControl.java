package org.latchkey.pbx;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a PBX adapter offers to administrators and to the key generating agent: its registrations.
 * There may be several PBXs, each with a service of its own.
 */
@ConsumerType
public interface PbxControl {

  /** What the adapter calls its PBX, such as {@code reference}. */
  String name();

  /** The realm it challenges with; {@code status} compares it with the one keys are issued for. */
  String realm();

  /** The addresses it listens on, such as {@code udp 127.0.0.1:5060}. */
  List<String> listeners();

  /** All live registrations. May block for up to 2 seconds. */
  List<Registration> registrations();

  /**
   * Drops the registrations made with a key. Ends no call.
   *
   * @return how many there were
   */
  int drop(String keyIdentifier);

  /**
   * Ends the calls of a key, except those to an emergency destination.
   *
   * @return how many were ended
   */
  int hangUp(String keyIdentifier);

  /**
   * Tells the phones of a key to fetch their configuration again, by a NOTIFY outside a dialog.
   *
   * @param event the Event header that its vendor wants, such as {@code check-sync;reboot=false}
   * @return how many were told
   */
  int checkSync(String keyIdentifier, String event);
}
