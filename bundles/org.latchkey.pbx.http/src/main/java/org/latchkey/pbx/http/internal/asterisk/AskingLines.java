package org.latchkey.pbx.http.internal.asterisk;

/** The parts of Asterisk's configuration that say how its dialplan asks: by CURL, or by FastAGI. */
final class AskingLines {

  private static final String ADMIT =
      "endpoint=${URIENCODE(${LATCHKEY_WHO})}&dialled=${URIENCODE(${LATCHKEY_NUMBER})}"
          + "&registered=${IF($[${LEN(${PJSIP_DIAL_CONTACTS(${LATCHKEY_WHO})})} > 0]?1:0)}"
          + "&via=${LATCHKEY_VIA}&callid=${URIENCODE(${LATCHKEY_CALL_ID})}";
  private static final String PERMITTED =
      "at=${LATCHKEY_AT}&dialled=${URIENCODE(${LATCHKEY_DIALLED})}"
          + "&target=${URIENCODE(${LATCHKEY_TARGET})}&kind=${LATCHKEY_KIND}"
          + "&routed=${LATCHKEY_ROUTED}&key=${URIENCODE(${LATCHKEY_KEY})}"
          + "&aor=${URIENCODE(${LATCHKEY_AOR})}&source=${URIENCODE(${LATCHKEY_SOURCE})}"
          + "&callid=${URIENCODE(${LATCHKEY_CALL_ID})}";

  private final AgiSettings agi;

  AskingLines(AgiSettings agi) {
    this.agi = agi;
  }

  /** Sets {@code LATCHKEY_SAYS} to the answer, within two seconds. */
  String ask() {
    if (!agi.on()) {
      return """
       same => n,Set(CURLOPT(conntimeout)=1)
       same => n,Set(CURLOPT(httptimeout)=2)
       same => n,Set(LATCHKEY_SAYS=${CURL(@DOOR@/admit,%s)})
      """
          .formatted(ADMIT);
    }
    return """
     same => n,Set(LATCHKEY_SAYS=)
     same => n,Set(LATCHKEY_TIME=${TIMEOUT(absolute)})
     same => n,Set(LATCHKEY_EXIT=${AGIEXITONHANGUP})
     same => n,Set(AGIEXITONHANGUP=yes)
     same => n,Set(TIMEOUT(absolute)=2)
     same => n,AGI(agi://%s/admit,@WORD@,%s)
     same => n,Set(TIMEOUT(absolute)=${LATCHKEY_TIME})
     same => n,Set(AGIEXITONHANGUP=${LATCHKEY_EXIT})
    """
        .formatted(agi.proxyAddress(), ADMIT);
  }

  /**
   * Where a call goes on that got no answer within two seconds, to return like any other. Asterisk
   * itself waits for a FastAGI server for ever; what ends that is the call's own time.
   */
  String unanswered() {
    return agi.on()
        ? """
        exten => T,1,Set(TIMEOUT(absolute)=${LATCHKEY_TIME})
         same => n,Set(AGIEXITONHANGUP=${LATCHKEY_EXIT})
         same => n,Return()
        """
        : "";
  }

  /**
   * Tells of a call that has ended, from its hangup handler. By CURL always, whose time is bounded:
   * for a channel that has hung up Asterisk waits for a FastAGI server without any bound, and its
   * caller would hear no end.
   */
  static String tell() {
    return """
    exten => s,1,Set(CURLOPT(conntimeout)=1)
     same => n,Set(CURLOPT(httptimeout)=2)
     same => n,Set(LATCHKEY_SAYS=${CURL(@DOOR@/permitted,%s)})
    """
        .formatted(PERMITTED);
  }

  /** What Asterisk loads for it. */
  String modules() {
    return agi.on() ? "load = res_agi.so\n" : "";
  }

  /**
   * haproxy's part of it. A server that says nothing for half a second is gone for Asterisk, which
   * would wait, or read half a line over and over. Who does not say the word within half a second
   * is no Asterisk, and takes no place at the server; nor do all that come take those of other
   * questions.
   */
  String haproxy() {
    if (!agi.on()) {
      return "";
    }
    return """

        # The dialplan's questions by FastAGI.
        defaults
            mode tcp
            timeout client 2s
            timeout connect 500ms
            timeout server 500ms
            timeout queue 500ms
            retries 0

        listen latchkey-agi
            bind %s
            maxconn 500
            tcp-request inspect-delay 500ms
            tcp-request content accept if { req.payload(0,0) -m sub "agi_arg_1: @WORD@" }
            tcp-request content reject
            default-server ssl ca-file @CA_FILE@ crt @DIRECTORY@/client.pem verify required verifyhost @DOOR_NAME@
            server door %s:%d maxconn 32
        """
        .formatted(agi.proxyAddress(), agi.isEverywhere() ? "@DOOR_HOST@" : agi.host(), agi.port());
  }
}
