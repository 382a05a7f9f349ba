package org.latchkey.shell.internal.command;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.FactoryTrust;
import org.latchkey.key.FactoryTrust.Authority;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.AuthorityFile;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.FactoryVendors;
import org.latchkey.shell.internal.completion.TrustedAuthorities;

/** Imports the authorities of phone factories. */
@Service
@Command(
    scope = "latchkey",
    name = "factory-trust",
    description = "Which factory certificates of phones count; imports a vendor's authorities")
public final class FactoryTrustCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "vendor, file",
      description = "The vendor, and a file of its authorities in PEM on this machine",
      multiValued = true)
  @Completion(FactoryVendors.class)
  List<String> words = List.of();

  @Option(name = "--list", description = "Only show which are trusted")
  boolean list;

  @Option(name = "--remove", description = "Trust the authority of this fingerprint no more")
  @Completion(TrustedAuthorities.class)
  String remove = "";

  @Option(
      name = "--sha256",
      description =
          "The SHA-256 fingerprints of the file's authorities, separated by commas, as the vendor"
              + " publishes them")
  String sha256 = "";

  @Option(
      name = "--accept-expired",
      description = "Take certificates of these authorities that have expired, too")
  boolean acceptExpired;

  @Override
  public void run(Parts parts, Printout out) {
    List<String> arguments = optionalArguments(words);
    FactoryTrust trust = parts.require(FactoryTrust.class);
    boolean shows = arguments.isEmpty() && sha256.isEmpty() && !acceptExpired;
    if (shows && !remove.isEmpty() && !list) {
      Authority gone = trust.distrust(remove, actor());
      out.line("No longer trusted for %s: %s.".formatted(gone.vendor(), gone.subject()));
    } else if (shows && remove.isEmpty()) {
      show(trust.authorities(), out);
    } else if (arguments.size() == 2 && !list && remove.isEmpty()) {
      bring(trust, arguments.get(0), arguments.get(1), out);
    } else {
      throw new RequestRefusedException(
          "Nothing was done: type latchkey:factory-trust VENDOR FILE, --list or --remove FINGERPRINT.");
    }
  }

  private void bring(FactoryTrust trust, String vendor, String name, Printout out) {
    byte[] pem = AuthorityFile.read(session().currentDir().resolve(name));
    if (sha256.isEmpty()) {
      List<Authority> read = trust.read(vendor, pem);
      show(read, out);
      throw new RequestRefusedException(
          "Nothing is trusted yet. Compare each fingerprint with what the vendor publishes, not with where the file came from; if they are the same, type\n  latchkey:factory-trust %s %s --sha256 %s%s"
              .formatted(
                  vendor,
                  name,
                  read.stream().map(Authority::sha256).collect(Collectors.joining(",")),
                  acceptExpired ? " --accept-expired" : ""));
    }
    List<String> fingerprints = Arrays.asList(sha256.split(",", -1));
    List<Authority> trusted = trust.trust(vendor, pem, acceptExpired, fingerprints, actor());
    out.line("Trusted for phones of %s:".formatted(vendor));
    show(trusted, out);
  }

  private static void show(List<Authority> authorities, Printout out) {
    if (authorities.isEmpty()) {
      out.line("No factory authority is trusted, so no factory certificate counts.");
    }
    for (Authority one : authorities) {
      out.line(
          "%s: %s, until %s%s"
              .formatted(
                  one.vendor(),
                  one.subject(),
                  PlainText.of(one.notAfter()),
                  one.acceptExpired() ? ", expired certificates too" : ""));
      out.line("  SHA-256 " + one.sha256());
    }
  }
}
