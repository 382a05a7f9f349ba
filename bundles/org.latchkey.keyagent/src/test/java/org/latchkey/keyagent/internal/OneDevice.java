package org.latchkey.keyagent.internal;

import static org.latchkey.keyagent.internal.TestSite.issued;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;

/** A site, and one device on it whose lines are enrolled and fetched. */
abstract class OneDevice {

  static final String MAC = "805ec0000001";
  static final List<Integer> SIXTEEN = IntStream.rangeClosed(1, 16).boxed().toList();

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  TestSite site;

  @Before
  public final void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    site.neighbours.profiles().add(new OneFamily("json", 16));
    site.neighbours.profiles().add(new OneFamily("yealink", 16));
  }

  final List<NewEnrolment> enrol(CodeKind kind, String... extensions) {
    return enrol(1, kind, extensions);
  }

  final List<NewEnrolment> enrol(int firstLine, CodeKind kind, String... extensions) {
    List<EnrolmentOrder> orders =
        IntStream.range(0, extensions.length)
            .mapToObj(i -> order(extensions[i], firstLine + i, kind, false).keepingLines())
            .toList();
    return site.desk.enrolAll(orders, "anna", done -> {});
  }

  static EnrolmentOrder order(String aor, int line, CodeKind kind, boolean approval) {
    return new EnrolmentOrder(
        aor, Optional.of(MAC), line, Optional.empty(), approval, kind, Optional.empty());
  }

  static KeyRequest.Builder byCode(List<NewEnrolment> made) {
    return TestSite.request(MAC).code(made.get(0).code().orElseThrow()).places(SIXTEEN);
  }

  static KeyRequest.Builder byLogin(IssuedKey key) {
    return TestSite.request(MAC)
        .login(key.keyIdentifier(), key.provisioningPassword())
        .places(SIXTEEN);
  }

  final IssueResult.Issued file(KeyRequest.Builder request) {
    IssueResult result = site.issuer.issue(request.build());
    issued(result);
    return (IssueResult.Issued) result;
  }

  final IssueResult.Issued one(List<NewEnrolment> made) {
    return file(TestSite.request(MAC).code(made.get(0).code().orElseThrow()));
  }

  final boolean said(String words) {
    return site.journal.stream().anyMatch(event -> event.words().contains(words));
  }

  static List<Boolean> coded(List<NewEnrolment> made) {
    return made.stream().map(one -> one.code().isPresent()).toList();
  }

  static Map<Integer, String> lines(IssueResult.Issued file) {
    Map<Integer, String> lines = new TreeMap<>();
    file.keys().forEach(key -> lines.put(key.record().line(), key.record().aor().user()));
    return lines;
  }

  static List<String> identifiers(IssueResult.Issued file) {
    return file.keys().stream().map(IssuedKey::keyIdentifier).toList();
  }
}
