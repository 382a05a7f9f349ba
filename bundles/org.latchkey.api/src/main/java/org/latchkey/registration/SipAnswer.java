package org.latchkey.registration;

import java.util.List;

/**
 * The final response that the PBX sends, word for word. The PBX adds what every response has (Via,
 * From, To with a tag, Call-ID, CSeq).
 *
 * @param status 401, 403, 407 or 503
 * @param reasonPhrase the reason phrase of the status line
 * @param headers the headers to add, in order
 */
public record SipAnswer(int status, String reasonPhrase, List<Header> headers) {

  /** Copies the headers. */
  public SipAnswer {
    headers = List.copyOf(headers);
  }

  /**
   * A header field.
   *
   * @param name its name, such as {@code WWW-Authenticate}
   * @param value its value, without line breaks
   */
  public record Header(String name, String value) {}
}
