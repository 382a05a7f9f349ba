package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PbxDoor.ClientCertificate;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration.File;
import org.latchkey.pbx.PbxConfiguration.Files;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;

/** Makes the configuration of a SIP proxy, with its certificate for the PBX door. */
public final class ProxyMaker {

  private final ProxyKind kind;
  private final PbxSite site;
  private final PbxDoor door;
  private final PublicAddress address;
  private final AuditLog audit;
  private final RpcWord word;
  private final Clock clock;

  /** For a proxy of a kind. */
  public ProxyMaker(
      ProxyKind kind,
      PbxSite site,
      PbxDoor door,
      PublicAddress address,
      AuditLog audit,
      RpcWord word,
      Clock clock) {
    this.kind = kind;
    this.site = site;
    this.door = door;
    this.address = address;
    this.audit = audit;
    this.word = word;
    this.clock = clock;
  }

  /** The authority of the PBX door, in PEM; empty when the system knows it. */
  public String authority() {
    return address.caPem();
  }

  /**
   * The files.
   *
   * @param place where they will lie on the proxy's machine
   * @param template what they are made of
   * @param texts the names of our files
   * @param further files beside them
   * @param notes what is said of them, between where they go and how long they are good
   * @throws RequestRefusedException when they can't be made, with what to do
   */
  public Files make(
      Path place,
      String actor,
      Template template,
      List<String> texts,
      List<File> further,
      List<String> notes) {
    if (!site.admitsName(kind.certificateName())) {
      throw new RequestRefusedException(
          "Nothing was written: add '%s' to certificateNames in etc/org.latchkey.pbx.http.cfg, so that %s may ask."
              .formatted(kind.certificateName(), kind.name()));
    }
    template
        .with("DIRECTORY", place.toString())
        .with("DOOR", door.address().toString().replaceAll("/+$", ""));
    audit.append(
        new AuditEntry(
            clock.instant(),
            actor,
            "pbx.configured",
            "",
            "",
            "",
            "",
            kind.name() + "'s configuration and a certificate for the PBX door were made"));
    ClientCertificate certificate =
        door.issue(kind.certificateName())
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was written, since there is no authority that makes %s's certificate: latchkey/tls/ca.pem and ca.key. Bring them back from a backup."
                            .formatted(kind.name())));
    List<File> files = files(template, texts, certificate);
    files.addAll(further);
    return new Files(files, notes(place, certificate, notes));
  }

  /**
   * Checks a place on the proxy's machine.
   *
   * @throws RequestRefusedException when it could end a text
   */
  public static void check(Path place) {
    if (!place.isAbsolute() || !place.toString().matches("[A-Za-z0-9/._-]+")) {
      throw new RequestRefusedException(
          "Nothing was written: name an absolute path of letters, digits, dots and dashes as the"
              + " place on the PBX's machine.");
    }
  }

  private List<File> files(Template template, List<String> texts, ClientCertificate certificate) {
    List<File> files = new ArrayList<>();
    files.add(new File("client.key", certificate.keyPem()));
    files.add(new File("client.pem", Secret.ofText(certificate.chainPem())));
    if (!authority().isEmpty()) {
      files.add(new File("ca.pem", Secret.ofText(authority())));
    }
    try (Secret secret = word.read()) {
      byte[] bytes = secret.copy();
      template.with("RPC_TOKEN", new String(bytes, StandardCharsets.US_ASCII));
      Arrays.fill(bytes, (byte) 0);
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was written, since the password of %s's RPC can't be read or made: %s."
              .formatted(kind.name(), e.getMessage()));
    }
    texts.forEach(name -> files.add(new File(name, Secret.ofText(template.fill(name)))));
    return files;
  }

  private List<String> notes(Path place, ClientCertificate certificate, List<String> further) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Bring the directory to %1$s's machine as %2$s, owned by %1$s's user, and start %1$s with %3$s, or include the latchkey files in a configuration that you have: docs/%4$s.md."
            .formatted(kind.name(), place, place.resolve(kind.word() + ".cfg"), kind.word()));
    notes.add(
        "The certificate is good until %s. Make the configuration anew before, and whenever etc/org.latchkey.destinations.cfg or etc/org.latchkey.pbx.http*.cfg change; latchkey:status reminds you."
            .formatted(certificate.notAfter().atZone(ZoneOffset.UTC).toLocalDate()));
    notes.addAll(further);
    return notes;
  }
}
