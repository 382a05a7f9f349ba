package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;

/** A PBX door, its authority and an audit log, for those that make files. */
public final class Surroundings {

  /** An authority of the PBX door, made for these tests. */
  public static final String AUTHORITY = pem();

  /** Who did what. */
  public final List<String> audited = new ArrayList<>();

  /** The names that certificates were issued for. */
  public final List<String> asked = new ArrayList<>();

  /** Whether evidence can be written. */
  public boolean auditWorks = true;

  /** Whether there is somebody who issues certificates. */
  public boolean authority = true;

  /** The authority of the door; empty when the system knows it. */
  public String caPem = AUTHORITY;

  /** A maker of files here. */
  public ProxyMaker maker(ProxyKind kind, PbxSite site, Path base) {
    return new ProxyMaker(
        kind,
        site,
        new Doors(),
        new Doors(),
        new Log(),
        new RpcWord(base, kind.word()),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private static String pem() {
    try (InputStream in = Surroundings.class.getResourceAsStream("authority.pem")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Doors implements PbxDoor, PublicAddress {
    @Override
    public URI address() {
      return URI.create("https://pbx.example.org:8444/");
    }

    @Override
    public Optional<ClientCertificate> issue(String name) {
      asked.add(name);
      return authority
          ? Optional.of(new ClientCertificate("chain", Secret.ofText("key"), Instant.EPOCH))
          : Optional.empty();
    }

    @Override
    public Optional<SSLContext> tls() {
      return Optional.empty();
    }

    @Override
    public URI phones() {
      return URI.create("https://pbx.example.org:8443/");
    }

    @Override
    public String caPem() {
      return caPem;
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.empty();
    }
  }

  private final class Log implements AuditLog {
    @Override
    public void append(AuditEntry entry) {
      if (!auditWorks) {
        throw new AuditUnavailableException("no disk", new IllegalStateException());
      }
      audited.add(entry.actor() + " " + entry.action());
    }

    @Override
    public void appendAll(List<AuditEntry> entries) {
      entries.forEach(this::append);
    }

    @Override
    public List<AuditRecord> search(AuditQuery query) {
      return List.of();
    }
  }
}
