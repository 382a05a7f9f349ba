package org.latchkey.quarantine.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What everybody reaches in every state. Each PBX adapter reads the same setting for itself. */
@ObjectClassDefinition(
    pid = "org.latchkey.destinations",
    name = "Latchkey permitted destinations",
    description =
        "What everybody reaches in every state, registered or not, held or not. Each entry is"
            + " DIALLED=TARGET-URI; entries are separated by commas.")
@interface DestinationsConfiguration {

  String EMERGENCY =
      "112=sip:112@localhost, 911=sip:911@localhost, urn:service:sos=sip:112@localhost";
  String HELP_DESK = "7000=sip:7000@localhost";
  String TEST = "latchkey-test=sip:latchkey-test@127.0.0.1:5099";
  String UNPROVED_NETWORKS =
      "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, fc00::/7,"
          + " fe80::/10";

  @AttributeDefinition(
      name = "Emergency numbers",
      description =
          "The emergency numbers of your country and where calls to them go. Exact dialled strings,"
              + " and urn:service:sos for all its sub-services.")
  String[] emergency() default EMERGENCY;

  @AttributeDefinition(
      name = "Help desk",
      description =
          "The number of the help desk, which phones in quarantine can call and which can call"
              + " them.")
  String[] helpDesk() default HELP_DESK;

  @AttributeDefinition(
      name = "Test destination",
      description = "The destination that latchkey:doctor calls and answers itself.")
  String[] test() default TEST;

  @AttributeDefinition(
      name = "Networks of unproved callers",
      description =
          "Networks from which callers who proved nothing reach permitted destinations; private"
              + " and loopback networks unless set.")
  String[] unprovedNetworks() default UNPROVED_NETWORKS;
}
