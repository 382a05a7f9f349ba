package org.latchkey.pbx.reference.internal;

/**
 * The permitted destinations, PID {@code org.latchkey.destinations}: the setting that the
 * quarantine and every adapter read, each its own copy. With no setting at all these defaults hold.
 */
@interface DestinationsConfiguration {

  /** {@code DIALLED=TARGET-URI} of emergency services. */
  String[] emergency() default {
    "112=sip:112@localhost", "911=sip:911@localhost", "urn:service:sos=sip:112@localhost"
  };

  /** {@code DIALLED=TARGET-URI} of the help desk. */
  String[] helpDesk() default "7000=sip:7000@localhost";

  /** {@code DIALLED=TARGET-URI} of the doctor's test. */
  String[] test() default "latchkey-test=sip:latchkey-test@127.0.0.1:5099";

  /** Networks in CIDR notation from which unproved callers may call these. */
  String[] unprovedNetworks() default {
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10"
  };

  /** How many calls unproved callers of one address may have at once at those of one kind. */
  int unprovedPerSource() default 2;

  /** How many calls all unproved callers may have at once at those of one kind. */
  int unprovedTotal() default 8;
}
