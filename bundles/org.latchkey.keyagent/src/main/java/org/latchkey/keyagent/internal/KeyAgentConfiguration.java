package org.latchkey.keyagent.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the key generating agent, {@code etc/org.latchkey.keyagent.cfg}. */
@ObjectClassDefinition(
    name = "Latchkey key agent",
    description = "What keys are issued for, and who may fetch one.")
@interface KeyAgentConfiguration {

  @AttributeDefinition(
      name = "enterprise",
      description =
          "The name that enters every key. It stays as it was when the first key was issued: with"
              + " another name no key fits any more, and the agent says so and refuses.")
  String enterprise() default "latchkey";

  @AttributeDefinition(
      name = "realms",
      description =
          "The digest realms that keys are issued for, separated by commas; the first one is used"
              + " for new keys. The PBX must challenge with it.")
  String realms() default "latchkey";

  @AttributeDefinition(
      name = "domains",
      description =
          "The SIP domains that keys are issued for, separated by commas. An extension without a"
              + " domain takes the first one.")
  String domains() default "localhost";

  @AttributeDefinition(
      name = "registrarHost",
      description = "The name of the PBX that phones register with, as in its certificate.")
  String registrarHost() default "localhost";

  @AttributeDefinition(
      name = "registrarPort",
      description = "Its port for UDP and TCP, challenged with MD5.")
  int registrarPort() default 5060;

  @AttributeDefinition(
      name = "registrarTlsPort",
      description = "Its port for TLS, challenged with MD5.")
  int registrarTlsPort() default 5061;

  @AttributeDefinition(
      name = "registrarTlsSha256Port",
      description = "Its port for TLS, challenged with SHA-256.")
  int registrarTlsSha256Port() default 5071;

  @AttributeDefinition(
      name = "enrolmentWindowMinutes",
      description = "How long a device may fetch its key, unless the enrolment says otherwise.")
  int enrolmentWindowMinutes() default 15;

  @AttributeDefinition(
      name = "wrongTriesPerSourcePerMinute",
      description =
          "How many wrong codes or logins one network address may send in a minute. Beyond that it"
              + " gets no typed code through, right or wrong.")
  int wrongTriesPerSourcePerMinute() default 30;

  @AttributeDefinition(
      name = "inventoryWindowDays",
      description =
          "How many days a device of the inventory may fetch its first key, 1 to 365, unless the"
              + " enrolment says otherwise.")
  int inventoryWindowDays() default 30;

  @AttributeDefinition(
      name = "windowNetworks",
      description =
          "The networks in CIDR notation from which latchkey:window lets phones in by their MAC"
              + " address alone, separated by commas. Private ones and this machine by default.")
  String windowNetworks() default
      "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7, fe80::/10";

  @AttributeDefinition(
      name = "windowDevicesPerMinute",
      description =
          "How many phones a window lets in at once and in each minute, 1 to 1000, unless it is"
              + " opened with --rate.")
  int windowDevicesPerMinute() default 30;

  @AttributeDefinition(
      name = "openWindowPhones",
      description =
          "How many phones one window for anybody lets in as a whole, 1 to 10000. They are held"
              + " until they are approved.")
  int openWindowPhones() default 100;

  @AttributeDefinition(
      name = "openWindowPhonesPerSource",
      description =
          "How many of them from one IPv4 address or IPv6 /64, 1 to 10000. Phones behind one NAT, or"
              + " in one IPv6 network, are one source: where they are, set it to the number of"
              + " phones.")
  int openWindowPhonesPerSource() default 20;

  @AttributeDefinition(
      name = "checkSyncsPerSecond",
      description =
          "After a rotation, how many phones in a second are told to fetch their next key, 0 to"
              + " 1000; 0 tells none, and they move when they fetch by themselves.")
  int checkSyncsPerSecond() default 5;

  @AttributeDefinition(
      name = "custody",
      description =
          "Where a first master key is made: keystore (the file latchkey/master.p12), pkcs11, or the"
              + " name of a custody that another bundle offers. Keys that exist are moved by"
              + " latchkey:custody --move.")
  String custody() default "keystore";

  @AttributeDefinition(
      name = "sealed",
      description =
          "Whether the passphrase of the keystore is typed with latchkey:unseal after each start,"
              + " instead of being read from latchkey/master.pass. Until then nothing is issued or"
              + " checked.")
  boolean sealed() default false;

  @AttributeDefinition(
      name = "pkcs11Library",
      description =
          "The path of the PKCS #11 library of a token, such as /usr/lib/softhsm/libsofthsm2.so. Its"
              + " PIN is in latchkey/pkcs11.pin (chmod 600), or typed with latchkey:unseal.")
  String pkcs11Library() default "";

  @AttributeDefinition(
      name = "pkcs11SlotListIndex",
      description = "Which of the library's slots, counted from 0 as it lists them.")
  int pkcs11SlotListIndex() default 0;
}
