package org.latchkey.phones.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of the phone profiles that Latchkey brings. */
@ObjectClassDefinition(
    name = "Latchkey phones",
    description = "What phones are told in their configuration files.")
@interface PhonesConfiguration {

  @AttributeDefinition(
      name = "Linphone: digest algorithm",
      description =
          "SHA-256, or MD5 for a PBX that knows nothing else. Each has a TLS port of its own at the"
              + " registrar.",
      options = {
        @Option(label = "SHA-256", value = "SHA-256"),
        @Option(label = "MD5", value = "MD5")
      })
  String linphoneAlgorithm() default "SHA-256";

  @AttributeDefinition(
      name = "Linphone: registration expiry",
      description = "How long a registration lasts, in seconds, 60 to 3600.",
      min = "60",
      max = "3600")
  int linphoneExpirySeconds() default 600;

  @AttributeDefinition(
      name = "Linphone: SRTP",
      description =
          "Whether Linphone offers encrypted media first and plain media when that is refused."
              + " Phones that know no SRTP cost it a second INVITE for each call.")
  boolean linphoneSrtp() default false;

  @AttributeDefinition(
      name = "Desk phones: transport",
      description =
          "How desk phones register and call: tls, tcp or udp. A profile or a phone's own"
              + " file may say otherwise.")
  String transport() default "tls";

  @AttributeDefinition(
      name = "Desk phones: SRTP",
      description = "Whether desk phones encrypt media: off, offered or required.")
  String srtp() default "off";

  @AttributeDefinition(
      name = "Desk phones: registration expiry",
      description = "How long a registration of a desk phone lasts, in seconds, 60 to 86400.",
      min = "60",
      max = "86400")
  int expirySeconds() default 600;

  @AttributeDefinition(
      name = "Desk phones: fetch again",
      description =
          "How often desk phones fetch their file without being told, in minutes, 60 to 10080.",
      min = "60",
      max = "10080")
  int resyncMinutes() default 240;

  @AttributeDefinition(
      name = "Desk phones: time zone",
      description =
          "The time zone of the site, such as Europe/Berlin. Empty: phones keep the one they have.")
  String timeZone() default "";

  @AttributeDefinition(
      name = "Desk phones: time server",
      description = "Host name of the time server. Empty: phones keep the one they have.")
  String ntpServer() default "";
}
