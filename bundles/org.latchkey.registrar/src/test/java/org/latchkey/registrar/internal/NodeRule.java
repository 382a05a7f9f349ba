package org.latchkey.registrar.internal;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.latchkey.sealing.PublicPart;

/** A PBX node that is started, and an agent that exports to it. */
final class NodeRule extends ExternalResource {

  final TestAgent agent = new TestAgent();
  private final TemporaryFolder temporary = new TemporaryFolder();
  Path folder;
  NodeCustody node;
  ExportedKeys keys;

  @Override
  protected void before() throws Throwable {
    temporary.create();
    folder = temporary.getRoot().toPath().toRealPath().resolve("latchkey/registrar");
    start();
  }

  @Override
  protected void after() {
    node.close();
    temporary.delete();
  }

  /** Starts, after an end in order if it runs. */
  void start() {
    if (node != null) {
      node.close();
    }
    node = new NodeCustody(new NodeFiles(folder), new SecureRandom());
    keys = new ExportedKeys(node);
    look();
  }

  /** A file is judged when it was the same at two looks. */
  void look() {
    node.look();
    node.look();
  }

  PublicPart self() {
    return node.standing().node().orElseThrow();
  }

  /** An export is brought, and its agent confirmed. */
  void trusted() throws Exception {
    TestAgent.bring(agent.export(self()), folder);
    look();
    node.trust(agent.key.publicPart().fingerprint(), who -> {});
  }

  void bring(byte[] export) throws Exception {
    TestAgent.bring(export, folder);
    look();
  }

  String refusal() {
    return node.standing().refusal().map(Refusal::words).orElse("");
  }
}
