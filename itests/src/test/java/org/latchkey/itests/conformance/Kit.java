package org.latchkey.itests.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import org.latchkey.itests.fixture.ProvisionedKey;

/** Drives a PBX that was integrated with Latchkey through everything it must do. */
public final class Kit {

  /** The extensions of the calls, of the keys that are revoked or strong, and of the load. */
  private static final int EXTENSIONS = 4 + OutageCases.PHONES;

  private final Options options;
  private final PrintStream out;

  private Kit(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** {@code HOST:PORT} and options; ends with 0 when all is well, 1 when a case failed, 2 else. */
  public static void main(String[] words) {
    System.exit(run(List.of(words), System.out));
  }

  /** The same for who goes on afterwards: gives the exit code. */
  public static int run(List<String> words, PrintStream out) {
    try {
      Kit kit = new Kit(Options.of(words), out);
      if (!kit.mayDialEmergency()) {
        out.println("Nothing was dialled.");
        return 2;
      }
      return kit.tryAll() ? 0 : 1;
    } catch (IllegalArgumentException | IOException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private boolean mayDialEmergency() {
    if (options.emergency().isEmpty()) {
      return true;
    }
    out.printf(
        "%s will really be dialled, through %s:%d, several times. Tell the service before.%n"
            + "Type the number once more to go on: ",
        options.emergency().get(), options.pbx().host(), options.pbx().port());
    out.flush();
    Scanner typed = new Scanner(System.in, StandardCharsets.UTF_8);
    return typed.hasNextLine() && typed.nextLine().strip().equals(options.emergency().get());
  }

  private boolean tryAll() throws IOException {
    try (Site site = new Site(options)) {
      site.ownExtensions(EXTENSIONS);
      ProvisionedKey first = site.key();
      ProvisionedKey second = site.key();
      List<Case> cases = new ArrayList<>();
      cases.addAll(new RegisterCases(options, site, first, second).all());
      cases.addAll(new CallCases(options, site, first, second).all());
      cases.addAll(new OutageCases(options, site, first, second).all());
      Limits limits = limits(cases);
      List<Verdict> verdicts = new ArrayList<>();
      for (Case one : cases) {
        Verdict verdict = verdict(one, limits.reason(one.name()));
        out.println(verdict);
        verdicts.add(verdict);
      }
      long bad = verdicts.stream().filter(verdict -> !verdict.good()).count();
      out.printf(
          Locale.ROOT,
          "%n%d cases, %s%n",
          verdicts.size(),
          bad == 0 ? "all as expected" : bad + " not as expected");
      return bad == 0;
    }
  }

  private Limits limits(List<Case> cases) throws IOException {
    Optional<Path> table = options.limits();
    return table.isEmpty()
        ? Limits.none()
        : Limits.of(table.get(), cases.stream().map(Case::name).toList());
  }

  private static Verdict verdict(Case one, Optional<String> limit) {
    try {
      one.body().run();
      return Verdict.of(one.name(), Optional.empty(), limit);
    } catch (Case.NotTriedException e) {
      return limit.isPresent()
          ? Verdict.of(one.name(), Optional.of(e.getMessage()), limit)
          : Verdict.notTried(one.name(), e.getMessage());
    } catch (Exception | AssertionError e) {
      String seen = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return Verdict.of(one.name(), Optional.of(seen), limit);
    }
  }
}
