package org.latchkey.pbx.http.internal.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.pbx.http.internal.kamailio.Destinations;

/** The parts of Asterisk's dialplan that hold the permitted destinations. */
final class Dialplan {

  private static final String DIALLED = "[A-Za-z0-9+*#.-]{1,64}";
  private static final String TARGET =
      "sips?:[A-Za-z0-9+*#._-]+@[A-Za-z0-9.:\\[\\]-]+(;transport=(udp|tcp|tls))?";

  private final List<Destination> destinations;
  private final List<String> networks;

  /**
   * The parts for these destinations; {@code urn:service:sos} is not among them, since Asterisk
   * takes no such Request-URI.
   *
   * @throws IllegalArgumentException naming an entry that Asterisk can't have
   */
  Dialplan(Destinations destinations) {
    this.destinations =
        destinations.all().stream().filter(d -> !d.dialled().startsWith("urn:")).toList();
    for (Destination one : this.destinations) {
      if (!one.dialled().matches(DIALLED) || !one.target().matches(TARGET)) {
        throw new IllegalArgumentException(
            "Asterisk can't have the entry '%s=%s'".formatted(one.dialled(), one.target()));
      }
    }
    if (this.destinations.isEmpty()) {
      throw new IllegalArgumentException("there is no number that Asterisk can have");
    }
    this.networks = destinations.networks();
  }

  /** Phones that proved their key, and those that were told to. */
  String fromPhones() {
    return each(
        """
        exten => %1$s,1,Set(LATCHKEY_AT=${EPOCH})
         same => n,Gosub(latchkey-who,s,1)
         same => n,Set(LATCHKEY_KEY=${LATCHKEY_WHO})
         same => n,Goto(latchkey-permitted,%1$s,1)
        exten => prove.%1$s,1,Goto(latchkey,%1$s,1)
        """);
  }

  /**
   * Phones with passwords that were told to prove them; an endpoint that needs none has not, and
   * neither has a channel that is no phone's.
   */
  String fromOldPhones() {
    return each(
        """
        exten => prove.%1$s,1,GotoIf($["${CHANNEL(channeltype)}" != "PJSIP"]?refused)
         same => n,GotoIf($[${LEN(${PJSIP_ENDPOINT(${CHANNEL(endpoint)},auth)})} > 0]?latchkey,%1$s,1)
         same => n(refused),Hangup(21)
        """);
  }

  /**
   * Whoever dials one. Asterisk can't challenge from its dialplan; but it challenges who dials
   * another number than these, so who can't be taken unproved is sent there.
   */
  String fromAnybody() {
    return each(
        """
        exten => %1$s,1,Set(LATCHKEY_KIND=%3$s)
         same => n,Gosub(latchkey-bounds,s,1)
         same => n,GotoIf($["${GOSUB_RETVAL}" = "1"]?latchkey-permitted,%1$s,1)
         same => n,Set(LATCHKEY_URI=${CHANNEL(pjsip,request_uri)})
         same => n,Transfer(PJSIP/${CUT(LATCHKEY_URI,:,1)}:prove.%5$s@${CUT(LATCHKEY_URI,@,2-)})
         same => n,ExecIf($["${TRANSFERSTATUS}" = "SUCCESS"]?Hangup(17))
         same => n,Goto(prove.%1$s,refused)
        exten => prove.%1$s,1,Set(LATCHKEY_KIND=%3$s)
         same => n,Gosub(latchkey-bounds,s,1)
         same => n,GotoIf($["${GOSUB_RETVAL}" = "1"]?latchkey-permitted,%1$s,1)
         same => n(refused),Set(LATCHKEY_ROUTED=0)
         same => n,Gosub(latchkey-permitted,%1$s,noted)
         same => n,Hangup(17)
        """);
  }

  /** The way to their targets. */
  String permitted() {
    return each(
        """
        exten => %1$s,1,Set(LATCHKEY_ROUTED=1)
         same => n,Gosub(latchkey-permitted,%1$s,noted)
         same => n,Dial(PJSIP/@PERMITTED_ENDPOINT@/latchkey-to-%4$d,120)
         same => n,Hangup()
         same => n(noted),Set(LATCHKEY_KIND=%3$s)
         same => n,Set(LATCHKEY_DIALLED=%1$s)
         same => n,Set(LATCHKEY_TARGET=%2$s)
         same => n,Set(CHANNEL(hangup_handler_push)=latchkey-told,s,1)
         same => n,Return()
        """);
  }

  /**
   * The targets, as AORs of {@code pjsip.conf}: a URI in the dialplan would be looked for as an AOR
   * first, at Latchkey.
   */
  String targets() {
    return each(
        """

        [latchkey-to-%4$d]
        type = aor
        contact = %2$s
        """);
  }

  /** A regular expression of them all, as user parts. */
  String alternatives() {
    return destinations.stream()
        .map(one -> one.dialled().replaceAll("[.+*]", "[$0]"))
        .collect(Collectors.joining("|"));
  }

  /** A jump for each network that strangers may call from; IPv4 only. */
  String networks() {
    List<String> lines = new ArrayList<>();
    for (String network : networks) {
      if (network.matches("[0-9.]+(/[0-9]+)?")) {
        String[] parts = network.split("/", -1);
        long bits = parts.length > 1 ? Long.parseLong(parts[1]) : 32;
        long size = 1L << (32 - bits);
        long first = number(parts[0]) / size * size;
        lines.add(
            " same => n,GotoIf($[${LATCHKEY_ADDRESS_NUMBER} >= %d & ${LATCHKEY_ADDRESS_NUMBER} < %d]?known)\n"
                .formatted(first, first + size));
      }
    }
    return String.join("", lines);
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number * 256 + Long.parseLong(part);
    }
    return number;
  }

  /**
   * The lines for each destination: what is dialled, its target, its kind, its place, and what is
   * dialled as a part of a URI.
   */
  private String each(String lines) {
    StringBuilder text = new StringBuilder();
    int place = 0;
    for (Destination one : destinations) {
      place++;
      text.append(
          lines.formatted(
              one.dialled(),
              one.target().replace(";", "\\;"),
              one.kind().name(),
              place,
              one.dialled().replace("#", "%23")));
    }
    return text.toString();
  }
}
