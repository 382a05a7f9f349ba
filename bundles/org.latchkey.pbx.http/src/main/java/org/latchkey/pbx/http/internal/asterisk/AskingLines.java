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
   * Where a call goes on that got no answer within two seconds. Asterisk itself waits for a FastAGI
   * server for ever; what ends that is the call's own time.
   */
  String unanswered() {
    return agi.on() ? "exten => T,1,Hangup(42)\n" : "";
  }

  /**
   * Tells of a call that has ended, from its hangup handler. Its place among the calls to permitted
   * destinations is free before that: FastAGI could take longer than CURL, whose time is bounded.
   */
  String tell() {
    if (!agi.on()) {
      return """
      exten => s,1,Set(CURLOPT(conntimeout)=1)
       same => n,Set(CURLOPT(httptimeout)=2)
       same => n,Set(LATCHKEY_SAYS=${CURL(@DOOR@/permitted,%s)})
      """
          .formatted(PERMITTED);
    }
    return """
    exten => s,1,Set(GROUP(latchkey-source-${LATCHKEY_KIND})=)
     same => n,Set(GROUP(latchkey-all-${LATCHKEY_KIND})=)
     same => n,Set(GROUP(latchkey-line-${LATCHKEY_KIND})=)
     same => n,Set(GROUP(latchkey-lines-${LATCHKEY_KIND})=)
     same => n,Set(AGIEXITONHANGUP=yes)
     same => n,Set(TIMEOUT(absolute)=2)
     same => n,AGI(agi://%s/permitted,@WORD@,%s)
    """
        .formatted(agi.proxyAddress(), PERMITTED);
  }

  /** What Asterisk loads for it. */
  String modules() {
    return agi.on() ? "load = res_agi.so\n" : "";
  }

  /**
   * haproxy's part of it. A server that says nothing for half a second is gone for Asterisk, which
   * would wait, or read half a line over and over.
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
            default-server ssl ca-file @CA_FILE@ crt @DIRECTORY@/client.pem verify required verifyhost @DOOR_NAME@
            server door @DOOR_HOST@:%d maxconn 32
        """
        .formatted(agi.proxyAddress(), agi.port());
  }
}
