package org.latchkey.pbx.http.internal.proxy;

/**
 * A kind of SIP proxy.
 *
 * @param word as {@code latchkey:pbx-config} and our files call it
 * @param name as its makers call it
 */
public record ProxyKind(String word, String name) {

  /** The common name of the certificate that we make for it. */
  public String certificateName() {
    return "Latchkey PBX " + word;
  }
}
