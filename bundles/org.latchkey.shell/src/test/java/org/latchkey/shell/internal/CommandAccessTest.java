package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.service.guard.tools.ACLConfigurationParser;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;

/** Who may type what, as Karaf's own parser reads the ACL file that the feature installs. */
public final class CommandAccessTest {

  private static final Path ACL =
      Path.of("../../features/src/main/cfg/org.apache.karaf.command.acl.latchkey.cfg");

  private static final Set<String> READS =
      Set.of(
          "audit",
          "dhcp-options",
          "enrolments",
          "generations",
          "pending",
          "phone",
          "phones",
          "status",
          "why");

  @Test
  public void everyCommandHasALineAndEveryLineACommand() throws Exception {
    Set<String> lines =
        acl().keySet().stream()
            .filter(key -> !key.equals("*") && !key.equals("service.pid") && !key.contains("["))
            .collect(Collectors.toSet());
    assertEquals(new TreeSet<>(commands()), new TreeSet<>(lines));
  }

  @Test
  public void aViewerOnlyReads() throws Exception {
    for (String command : commands()) {
      assertEquals(command, READS.contains(command), may("viewer", command, "[]"));
      assertTrue(command, may("admin", command, "[]"));
    }
  }

  @Test
  public void anOperatorLetsPhonesInAndOutButEndsNoKey() throws Exception {
    for (String command : List.of("enrol", "approve", "hold", "release", "check-sync")) {
      assertTrue(command, may("operator", command, "[1001]"));
    }
    for (String command :
        List.of(
            "revoke",
            "assign",
            "import",
            "doctor",
            "rotate",
            "retire",
            "custody",
            "unseal",
            "backup",
            "restore",
            "registrar-export",
            "export-legacy",
            "registrar-trust",
            "factory-trust",
            "window",
            "pbx-token",
            "pbx-config")) {
      assertFalse(command, may("operator", command, "[1001]"));
    }
  }

  @Test
  public void anOperatorLetsNobodyInWhoProvesNothing() throws Exception {
    String typed = "[--device, m, --enrol, 1001]";
    assertFalse(may("operator", "window", typed));
    assertTrue(may("admin", "window", typed));
    Map<String, Object> older = acl();
    older.remove("window");
    assertFalse("a file of before windows", may(older, "operator", "window", typed));
    assertTrue(may(older, "admin", "window", typed));
    assertTrue(may("operator", "enrol", "[1001, --device, m, --inventory]"));
  }

  @Test
  public void aViewerCancelsNoEnrolmentHoweverItIsSpelled() throws Exception {
    for (String typed :
        List.of(
            "[--cancel, e1]", "[--cancel=e1]", "[--json, --cancel, e1\n]", "[\n--cancel, e1]")) {
      assertFalse(typed, may("viewer", "enrolments", typed));
      assertTrue(typed, may("operator", "enrolments", typed));
    }
    assertTrue(may("viewer", "enrolments", "[--json]"));
  }

  @Test
  public void anybodyVerifiesTheAuditLogButOnlyAdministratorsTouchAHeadFile() throws Exception {
    for (String typed : List.of("[--head, /tmp/h]", "[--verify, --head=/tmp/h]", "[\n--head, h]")) {
      assertFalse(typed, may("viewer", "audit", typed));
      assertFalse(typed, may("operator", "audit", typed));
      assertTrue(typed, may("admin", "audit", typed));
    }
    assertTrue(may("viewer", "audit", "[--verify]"));
    assertTrue(may("viewer", "audit", "[--follow, --phone, 1001]"));
  }

  @Test
  public void anybodyLooksAtAPhoneButOnlyAdministratorsSeeItsMaintenancePassword()
      throws Exception {
    for (String typed :
        List.of("[1001, --maintenance-password]", "[--maintenance-password=true, 1001]")) {
      assertFalse(typed, may("viewer", "phone", typed));
      assertFalse(typed, may("operator", "phone", typed));
      assertTrue(typed, may("admin", "phone", typed));
    }
    assertTrue(may("viewer", "phone", "[1001]"));
  }

  @Test
  public void aCommandThatNobodyThoughtOfIsForAdministrators() throws Exception {
    assertFalse(may("viewer", "unheard-of", "[]"));
    assertFalse(may("operator", "unheard-of", "[]"));
    assertTrue(may("admin", "unheard-of", "[]"));
  }

  private static boolean may(String role, String command, String arguments) throws IOException {
    return may(acl(), role, command, arguments);
  }

  private static boolean may(
      Map<String, Object> acl, String role, String command, String arguments) {
    List<String> roles = new ArrayList<>();
    ACLConfigurationParser.Specificity found =
        ACLConfigurationParser.getRolesForInvocation(
            command, new Object[] {arguments}, null, FrameworkUtil.asDictionary(acl), roles);
    return found == ACLConfigurationParser.Specificity.NO_MATCH || roles.contains(role);
  }

  private static Map<String, Object> acl() throws IOException {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(ACL)) {
      file.load(reader);
    }
    Map<String, Object> acl = new LinkedHashMap<>();
    file.forEach((key, value) -> acl.put(key.toString(), value));
    acl.put("service.pid", "org.apache.karaf.command.acl.latchkey");
    return acl;
  }

  private static List<String> commands() throws Exception {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        String name = Path.of("target/classes").relativize(file).toString();
        Class<?> type = Class.forName(name.replace(".class", "").replace('/', '.'));
        Command command = type.getAnnotation(Command.class);
        if (command != null) {
          assertEquals("latchkey", command.scope());
          assertTrue(name, type.isAnnotationPresent(Service.class));
          names.add(command.name());
        }
      }
    }
    assertFalse(names.isEmpty());
    return names;
  }
}
