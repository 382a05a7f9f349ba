package org.latchkey.authenticator.internal;

import java.util.concurrent.atomic.LongAdder;

/** How many requests had which end since this authenticator began. */
final class Tally {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder challenged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile String foreignPlace = "";

  /** Counts a finding. */
  void count(Finding finding) {
    switch (finding.kind()) {
      case ACCEPTED, RETRANSMITTED -> accepted.increment();
      case NO_CREDENTIALS, STALE -> challenged.increment();
      case REFUSED -> refused.increment();
      case NOT_OURS, UNAVAILABLE -> {}
    }
  }

  /** Notes that a PBX asked for a realm and domain for which no keys are issued. */
  void foreign(String realm, String domain) {
    foreignPlace = "realm " + realm + ", domain " + domain;
  }

  /** The realm and domain last asked for in vain; empty when there was none. */
  String foreignPlace() {
    return foreignPlace;
  }

  @Override
  public String toString() {
    return accepted.sum()
        + " requests accepted, "
        + challenged.sum()
        + " challenged, "
        + refused.sum()
        + " refused since the start";
  }
}
