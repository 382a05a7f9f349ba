package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.store.internal.Samples.append;
import static org.latchkey.store.internal.Samples.enrolment;
import static org.latchkey.store.internal.Samples.entry;

import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.status.StatusLine;

public class SchemaTest {

  private static final List<String> OF_TOMORROW =
      List.of(
          "V1__records.sql", "V2__audit_chain.sql", "V3__generations.sql", "V900__of_tomorrow.sql");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aNewerSchemaIsRefusedSaidAndLeftAsItIs() {
    withStore(
        new Schema(OF_TOMORROW),
        newer -> new StoredKeys(newer).addEnrolments(List.of(enrolment("e1"))));

    withStore(
        new Schema(),
        older -> {
          StoreUnavailableException refused =
              assertThrows(
                  StoreUnavailableException.class, () -> new StoredKeys(older).enrolments());
          assertTrue(refused.getMessage(), refused.getMessage().contains("schema 900 of a newer"));
          assertTrue(refused.getMessage(), refused.getMessage().contains("no more than 3"));
          StatusLine line = older.status().get(0);
          assertEquals(StatusLine.Level.FAULT, line.level());
          assertTrue(line.next(), line.next().contains("Install the newer build again"));
        });

    withStore(
        new Schema(OF_TOMORROW),
        newer -> assertEquals(Optional.of(enrolment("e1")), new StoredKeys(newer).enrolment("e1")));
  }

  @Test
  public void anOlderSchemaIsBroughtUpAndKeepsItsRecords() {
    withStore(new Schema(), older -> new StoredKeys(older).addEnrolments(List.of(enrolment("e1"))));
    withStore(
        new Schema(OF_TOMORROW),
        newer -> {
          assertEquals(Optional.of(enrolment("e1")), new StoredKeys(newer).enrolment("e1"));
          assertTrue(newer.status().get(0).words().contains("schema 900"));
        });
  }

  @Test
  public void auditRecordsOfBeforeTheChainStayReadableAndNewOnesFollowThem() {
    withStore(
        Samples.OLD_SCHEMA,
        older -> {
          older.change(c -> Sql.update(c, Samples.OLD_AUDIT_ROW));
          older.change(c -> Sql.update(c, "INSERT INTO audit_name VALUES ('1001', 1)"));
        });
    withStore(
        new Schema(),
        newer -> {
          AuditTable audit = new AuditTable(newer);
          assertEquals("", audit.last().orElseThrow().hash());
          append(audit, entry("key.revoked", "1001@a"));
          List<AuditRecord> found = audit.search(new AuditQuery("1001", "", 0, 10));
          assertEquals(List.of(2L, 1L), found.stream().map(AuditRecord::number).toList());
          assertEquals("of old", found.get(1).entry().detail());
        });
  }

  @Test
  public void aStoreFromBeforeGenerationsHadStatesIssuesWithItsLastOne() {
    withStore(
        new Schema(List.of("V1__records.sql")),
        older ->
            older.change(
                c ->
                    Sql.update(
                        c,
                        "INSERT INTO generation (number, check_value, created_at, enterprise)"
                            + " VALUES (0, 'c0', ?, 'latchkey'), (1, 'c1', ?, 'latchkey')",
                        Samples.NOON,
                        Samples.NOON)));
    withStore(
        new Schema(),
        newer ->
            assertEquals(
                List.of(
                    Generation.created(0, "c0", Samples.NOON, "latchkey").found(State.VERIFY_ONLY),
                    Generation.created(1, "c1", Samples.NOON, "latchkey").found(State.ISSUING)),
                new StoredKeys(newer).generations()));
  }

  private void withStore(Schema schema, java.util.function.Consumer<Database> test) {
    H2File file = H2File.of("jdbc:h2:file:" + folder.getRoot().toPath().resolve("s/latchkey"));
    Database database = new Database(file, schema, StoreRule.RETRY_MILLIS, 0);
    try {
      test.accept(database);
    } finally {
      database.close();
    }
  }
}
