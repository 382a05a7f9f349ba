package org.latchkey.audit.internal.syslog;

/**
 * Where messages go, as the settings say.
 *
 * @param host the collector's name or address; blank for none
 * @param port its TCP port
 * @param authoritiesFile PEM; blank for those that Java trusts
 * @param keyStoreFile PKCS #12 with our own certificate; blank for none
 * @param keyStorePasswordFile its password
 * @param nodeName what this node is called
 */
record SyslogTarget(
    String host,
    int port,
    String authoritiesFile,
    String keyStoreFile,
    String keyStorePasswordFile,
    String nodeName) {

  private static final String NAME = "[!-~]{1,255}";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when a message can't have it
   */
  SyslogTarget {
    if (!nodeName.matches(NAME)) {
      throw new IllegalArgumentException(
          "nodeName in etc/org.latchkey.audit.syslog.cfg is 1 to 255 ASCII characters, no spaces");
    }
  }

  static SyslogTarget of(SyslogConfiguration settings) {
    return new SyslogTarget(
        settings.host(),
        settings.port(),
        settings.authoritiesFile(),
        settings.keyStoreFile(),
        settings.keyStorePasswordFile(),
        settings.nodeName());
  }
}
