package org.latchkey.doctor.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The doctor's settings. */
@ObjectClassDefinition(name = "Latchkey doctor", description = "What the doctor examines with.")
@interface DoctorConfiguration {

  /** The user part of the probe's AOR. */
  @AttributeDefinition(
      name = "Probe",
      description =
          "The extension that the doctor enrols, registers and calls. Nobody else may use it.")
  String probe() default "latchkey-probe";

  /** The dialled string of the test destination. */
  @AttributeDefinition(
      name = "Test destination",
      description =
          "The dialled string of the permitted test destination, as org.latchkey.destinations has it. The doctor answers at its target.")
  String testDestination() default "latchkey-test";

  /** The certificate authority to trust. */
  @AttributeDefinition(
      name = "CA file",
      description =
          "The CA certificates in PEM to trust when the server certificate is your own. Empty: Latchkey's own CA, or what the Java runtime trusts.")
  String caFile() default "";

  /** How long it waits for one answer. */
  @AttributeDefinition(
      name = "Answer, seconds",
      description = "How long the doctor waits for one answer over SIP or HTTPS, 1 to 10.",
      min = "1",
      max = "10")
  int answerSeconds() default 4;

  /** The free space it wants. */
  @AttributeDefinition(
      name = "Least free space, MiB",
      description = "Less free space on a disk that Latchkey writes to is a failure.",
      min = "0")
  int leastFreeMebibytes() default 100;
}
