package org.latchkey.authenticator.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey authenticator",
    description = "Checks the digest credentials of SIP requests.")
@interface AuthenticatorConfiguration {

  @AttributeDefinition(
      name = "Nonce lifetime",
      description = "How many seconds a challenge may be answered with a new request, 10 to 3600.")
  int nonceLifetimeSeconds() default 60;

  @AttributeDefinition(
      name = "Remembered nonces",
      description =
          "How many used nonces are remembered against replay, 1000 to 10000000, about 400 bytes"
              + " each. With more in use, the oldest become stale early.")
  int rememberedNonces() default 100_000;

  @AttributeDefinition(
      name = "Request-URI must match",
      description =
          "Whether the uri of the credentials must be the Request-URI. Say false only behind a proxy"
              + " that rewrites Request-URIs.")
  boolean requestUriMustMatch() default true;

  @AttributeDefinition(
      name = "Old phones",
      description =
          "Whether a user name that is no key identifier is left to the PBX's own check. Say false"
              + " when every phone has a key.")
  boolean oldPhones() default true;
}
