package org.latchkey.audit.internal.syslog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code etc/org.latchkey.audit.syslog.cfg}. */
@ObjectClassDefinition(
    name = "Latchkey audit log to syslog",
    description = "A copy of each audit record for a collector: RFC 5424 over TLS (RFC 5425).")
@interface SyslogConfiguration {

  @AttributeDefinition(description = "The collector's name or address; empty: none, all is off.")
  String host() default "";

  @AttributeDefinition(description = "The collector's TCP port for TLS.", min = "1", max = "65535")
  int port() default 6514;

  @AttributeDefinition(
      description =
          "PEM file of the authorities whose certificates the collector may have; empty: those that"
              + " Java trusts.")
  String authoritiesFile() default "";

  @AttributeDefinition(
      description =
          "PKCS #12 file with this node's own certificate and key, for a collector that demands one;"
              + " empty: none.")
  String keyStoreFile() default "";

  @AttributeDefinition(description = "Owner-only file with that PKCS #12 file's password.")
  String keyStorePasswordFile() default "";

  @AttributeDefinition(
      description = "What this node is called in the messages; - for nothing, no spaces.")
  String nodeName() default "-";
}
