package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.store.internal.Samples.append;
import static org.latchkey.store.internal.Samples.enrolment;
import static org.latchkey.store.internal.Samples.entry;
import static org.latchkey.store.internal.Samples.key;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.key.Enrolment;

public class DurabilityTest {

  private static final int COMMITS = 200;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** A process that enrols, issues and audits, and says so line by line, until it is killed. */
  public static final class Issuer {
    private Issuer() {}

    public static void main(String[] args) {
      Database database = storeAt(Path.of(args[0]));
      StoredKeys keys = new StoredKeys(database);
      AuditTable audit = new AuditTable(database);
      for (int i = 0; i < COMMITS; i++) {
        Enrolment enrolment = enrolment("e" + i);
        keys.addEnrolments(List.of(enrolment));
        append(audit, entry("key.issued", "e" + i + "@a"));
        if (keys.issue(key("key" + i, enrolment), enrolment)) {
          System.out.println("key" + i);
        }
      }
    }
  }

  @Test
  public void noAcknowledgedKeyIsLostWhenTheProcessIsKilled() throws Exception {
    Path directory = folder.getRoot().toPath();
    List<String> acknowledged = issueUntilKilled(directory, COMMITS / 3);

    Database database = storeAt(directory);
    try {
      StoredKeys keys = new StoredKeys(database);
      for (String key : acknowledged) {
        assertTrue(key, keys.key(key).isPresent());
      }
      List<Long> numbers =
          new AuditTable(database)
              .search(new AuditQuery("", "", 0, 10_000)).stream()
                  .map(AuditRecord::number)
                  .sorted()
                  .toList();
      assertTrue(numbers.size() >= acknowledged.size());
      assertEquals(LongStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
    } finally {
      database.close();
    }
  }

  @Test
  public void theDiskIsAskedToMakeSureOfEveryChange() {
    H2File real = H2File.of("jdbc:h2:file:" + folder.getRoot().toPath().resolve("s/latchkey"));
    Database database =
        new Database(FailingDisk.below(real), new Schema(), StoreRule.RETRY_MILLIS, 0);
    try {
      AuditTable audit = new AuditTable(database);
      for (int i = 0; i < 10; i++) {
        long before = FailingDisk.syncs();
        append(audit, entry("key.issued", "1001@a"));
        assertTrue(FailingDisk.syncs() > before);
      }
      long before = FailingDisk.syncs();
      audit.search(new AuditQuery("", "", 0, 10));
      assertEquals(before, FailingDisk.syncs());
    } finally {
      database.close();
    }
  }

  private static List<String> issueUntilKilled(Path directory, int after) throws Exception {
    Process issuer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Issuer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(issuer.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        acknowledged.add(line);
        if (acknowledged.size() == after) {
          // Of the handle: the process object would throw away what it has said.
          assertTrue(issuer.toHandle().destroyForcibly());
        }
        line = lines.readLine();
      }
    }
    int killed = 128 + 9;
    assertEquals(killed, issuer.waitFor());
    assertTrue(acknowledged.size() < COMMITS);
    return acknowledged;
  }

  private static Database storeAt(Path directory) {
    H2File file = H2File.of("jdbc:h2:file:" + directory.resolve("latchkey"));
    return new Database(file, new Schema(), StoreRule.RETRY_MILLIS, 0);
  }
}
