package org.latchkey.pbx.radius.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Kamailio's configuration with digests checked over RADIUS: the files of the kind {@code
 * kamailio}, which has the routes and the gate, and four more.
 */
@Component(configurationPid = "org.latchkey.pbx.radius", property = "pbx=kamailio-radius")
public final class KamailioRadiusFiles implements PbxConfiguration {

  private static final String CLIENT = "kamailio";
  private static final String SETTINGS = "etc/org.latchkey.pbx.radius.cfg";
  private static final List<String> TEXTS =
      List.of("latchkey-radius.cfg", "radiusclient.conf", "radius-servers", "radius-dictionary");

  private final RadiusSettings settings;
  private final Path base;
  private final RandomGenerator random;

  @Reference(
      target = "(pbx=kamailio)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PbxConfiguration kamailio;

  /** The files for the settings. */
  @Activate
  public KamailioRadiusFiles(RadiusConfiguration configuration) {
    this(
        RadiusSettings.of(configuration),
        Path.of(System.getProperty("karaf.base", "")),
        new SecureRandom(),
        null);
  }

  /** Without OSGi. */
  KamailioRadiusFiles(
      RadiusSettings settings,
      Path base,
      RandomGenerator random,
      @Nullable PbxConfiguration kamailio) {
    this.settings = settings;
    this.base = base;
    this.random = random;
    this.kamailio = kamailio;
  }

  @Override
  public String pbx() {
    return "kamailio-radius";
  }

  @Override
  public Path usualPlace() {
    return Path.of("/etc/kamailio/latchkey");
  }

  @Override
  public Files make(Path place, String actor) {
    PbxConfiguration present = kamailio;
    if (present == null) {
      throw refused("install latchkey-pbx-http, too: calls are asked about over HTTPS");
    }
    RadiusClient client =
        settings
            .client(CLIENT)
            .orElseThrow(
                () ->
                    refused("set clients = kamailio=127.0.0.1 (where Kamailio is) in " + SETTINGS));
    if (client.authenticates() || client.asksForNonces()) {
      throw refused(
          "set withoutMessageAuthenticator = kamailio, and not askForNonces, in %s: Kamailio sends no Message-Authenticator, and makes its nonces itself"
              .formatted(SETTINGS));
    }
    if (!client.tellsItself()) {
      throw refused(
          "set tellOverHttps = kamailio in %s: Kamailio tells registrations over HTTPS when they are done"
              .formatted(SETTINGS));
    }
    String host = host(client);
    Files made = present.make(place, actor);
    try {
      refuseOtherThanMd5(made);
      List<File> files = new ArrayList<>(made.files());
      // The empty one that turns RADIUS off.
      files.removeIf(file -> TEXTS.contains(file.name()));
      files.addAll(own(place, host));
      List<String> notes = new ArrayList<>(made.notes());
      notes.add(
          "Digests are checked over RADIUS at %s; latchkey-radius.cfg is included by latchkey-modules.cfg. Kamailio needs the package kamailio-radius-modules: docs/radius.md."
              .formatted(server(host)));
      return new Files(files, notes);
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** Kamailio does not tell a RADIUS server which algorithm it challenged with. */
  private static void refuseOtherThanMd5(Files made) {
    for (File file : made.files()) {
      byte[] bytes = file.content().copy();
      String text = new String(bytes, StandardCharsets.UTF_8);
      Arrays.fill(bytes, (byte) 0);
      if (file.name().equals("latchkey-modules.cfg") && text.contains("\"SHA-256\"")) {
        throw refused(
            "set algorithm = MD5 in etc/org.latchkey.pbx.http.kamailio.cfg: Kamailio does not tell"
                + " a RADIUS server of another");
      }
    }
  }

  private List<File> own(Path place, String host) {
    Map<String, String> values = new HashMap<>();
    values.put("@DIRECTORY@", place.toString());
    values.put("@SERVER@", server(host));
    values.put("@SERVER_HOST@", host);
    Path file = SharedSecret.fileOf(base, CLIENT);
    try (SharedSecret shared = new SharedSecret(file, System::nanoTime)) {
      byte[] secret = shared.readOrMake(random);
      values.put("@PROOF_INNER@", wipedText(AcceptanceProof.innerKey(secret)));
      values.put("@PROOF_OUTER@", wipedText(AcceptanceProof.outerKey(secret)));
      values.put("@SECRET@", wipedText(secret));
    } catch (IOException e) {
      throw refused("the secret shared with Kamailio can't be read or made: " + e.getMessage());
    }
    List<File> files = new ArrayList<>();
    for (String name : TEXTS) {
      String text = text(name);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      files.add(new File(name, Secret.ofText(text)));
    }
    return files;
  }

  private static String wipedText(byte[] secret) {
    String text = new String(secret, StandardCharsets.US_ASCII);
    Arrays.fill(secret, (byte) 0);
    return text;
  }

  private String server(String host) {
    String bracketed = host.indexOf(':') < 0 ? host : '[' + host + ']';
    return bracketed + ':' + settings.udp().getPort();
  }

  /** The address at which Kamailio asks: one that it reaches from where it is. */
  private String host(RadiusClient client) {
    InetAddress bound = settings.udp().getAddress();
    boolean anywhere = bound.isAnyLocalAddress();
    if (!client.onLoopback() && (anywhere || bound.isLoopbackAddress())) {
      throw refused(
          "set bind in %s to the address of this machine at which Kamailio's machine reaches it, since the client kamailio is not on this one"
              .formatted(SETTINGS));
    }
    return (anywhere ? client.firstAddress() : bound).getHostAddress();
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was written: " + why + '.');
  }

  private static String text(String file) {
    try (InputStream in = KamailioRadiusFiles.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the bundle has no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
