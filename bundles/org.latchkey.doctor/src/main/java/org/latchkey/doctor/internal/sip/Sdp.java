package org.latchkey.doctor.internal.sip;

/**
 * The session of a probe's call: one silent audio stream to nowhere (RFC 4566, port 9: discard).
 */
final class Sdp {

  static final String TEXT =
      String.join(
          "\r\n",
          "v=0",
          "o=- 0 0 IN IP4 127.0.0.1",
          "s=-",
          "c=IN IP4 127.0.0.1",
          "t=0 0",
          "m=audio 9 RTP/AVP 0",
          "a=inactive",
          "");

  private Sdp() {}
}
