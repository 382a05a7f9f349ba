package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.latchkey.custody.KeyCustody;
import org.latchkey.custody.MasterKey;
import org.latchkey.key.Secret;

/** A place of the site's own, which gives no key out. */
class Vault implements KeyCustody {

  private final KeystoreFile inside;
  boolean stuck;

  Vault(Path folder) {
    inside = TestKeystore.in(folder);
  }

  /** A site that makes its master keys in one. */
  static TestSite site(Path folder, Vault vault) {
    TestSite site = new TestSite(folder);
    site.neighbours.custodies().add(vault);
    AgentSettings s = TestSite.SETTINGS;
    site.settings(
        new AgentSettings(
            s.enterprise(),
            s.realms(),
            s.domains(),
            s.registrar(),
            s.window(),
            s.wrongTriesPerMinute(),
            s.checkSyncsPerSecond(),
            new AgentSettings.Keeping("vault", false, "", 0)));
    site.start();
    return site;
  }

  @Override
  public String name() {
    return "vault";
  }

  @Override
  public String place() {
    return "the vault";
  }

  @Override
  public boolean sealed() {
    return false;
  }

  @Override
  public void unseal(Secret passphrase) throws IOException {
    throw new IOException("it has no lock");
  }

  @Override
  public boolean exists() {
    return inside.exists();
  }

  @Override
  public String stamp() {
    return inside.stamp();
  }

  @Override
  public Map<Integer, MasterKey> open() throws IOException {
    return inside.open();
  }

  @Override
  public void create(int generation) throws IOException {
    inside.create(generation);
  }

  @Override
  public void adopt(int generation, Secret key) throws IOException {
    inside.adopt(generation, key);
  }

  @Override
  public void remove(int generation) throws IOException {
    if (stuck) {
      throw new IOException("the lid is stuck");
    }
    inside.remove(generation);
  }

  @Override
  public Optional<Secret> copy(int generation) {
    return Optional.empty();
  }
}
