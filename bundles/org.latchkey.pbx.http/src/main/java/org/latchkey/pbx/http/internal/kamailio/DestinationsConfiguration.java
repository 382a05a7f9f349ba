package org.latchkey.pbx.http.internal.kamailio;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The setting that each adapter reads for itself; described by the quarantine. */
@ObjectClassDefinition(
    pid = "org.latchkey.destinations",
    name = "Latchkey permitted destinations",
    description = "What everybody reaches in every state, as Kamailio's configuration has it.")
@interface DestinationsConfiguration {

  String[] emergency() default
      "112=sip:112@localhost, 911=sip:911@localhost, urn:service:sos=sip:112@localhost";

  String[] helpDesk() default "7000=sip:7000@localhost";

  String[] test() default "latchkey-test=sip:latchkey-test@127.0.0.1:5099";

  String[] unprovedNetworks() default
      "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, fc00::/7,"
          + " fe80::/10";

  int unprovedPerSource() default 2;

  int unprovedTotal() default 8;
}
