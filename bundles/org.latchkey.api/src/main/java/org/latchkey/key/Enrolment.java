package org.latchkey.key;

import java.time.Instant;
import java.util.Optional;

/**
 * Permission for one device to obtain its key, as it is kept.
 *
 * @param id a short name, unique
 * @param aor the address of record the key will open
 * @param device the canonical device identifier it is bound to; empty when the code alone decides
 * @param line the device's line, 1 to 255
 * @param displayName what people call the line
 * @param approval whether the phone waits in quarantine until approved
 * @param codeKind how the code is given
 * @param codeHash the salted hash of the code, or what takes its place, in characters that the
 *     agent alone reads
 * @param createdBy who enrolled it
 * @param createdAt when
 * @param expiresAt the end of the window
 * @param triesLeft how many tries a typed code or PIN still has
 * @param keyIdentifier the key it has led to
 */
public record Enrolment(
    String id,
    Aor aor,
    Optional<String> device,
    int line,
    Optional<String> displayName,
    boolean approval,
    CodeKind codeKind,
    String codeHash,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    int triesLeft,
    Optional<String> keyIdentifier) {

  /** How a one-time code reaches the device. */
  public enum CodeKind {
    /** 80 bit, in a URL or read by a program. */
    URL,
    /** 8 digits that a person types, bound to a device or extension, few tries. */
    TYPED,
    /** None: the successor of a reassigned key, fetched with the old key's provisioning login. */
    LOGIN,
    /**
     * None: the device, a MAC address, is in the inventory. It is served once it proves itself by
     * its factory certificate, or while a window is open.
     */
    INVENTORY,
    /** None: a stranger's phone, let in by the open window and held until it is approved. */
    STRANGER,
    /** None: a further line of a device, fetched by whoever proves to be the device otherwise. */
    LINE,
    /**
     * 8 digits that a user dials, with the extension, at a stranger's phone, which becomes that
     * extension; few tries.
     */
    PIN
  }

  /** This enrolment after it led to a key. */
  public Enrolment issued(String key) {
    return new Enrolment(
        id,
        aor,
        device,
        line,
        displayName,
        approval,
        codeKind,
        codeHash,
        createdBy,
        createdAt,
        expiresAt,
        triesLeft,
        Optional.of(key));
  }

  /** This enrolment after a wrong try. */
  public Enrolment tried() {
    return new Enrolment(
        id,
        aor,
        device,
        line,
        displayName,
        approval,
        codeKind,
        codeHash,
        createdBy,
        createdAt,
        expiresAt,
        Math.max(0, triesLeft - 1),
        keyIdentifier);
  }

  /** This enrolment with another end of its window. */
  public Enrolment endingAt(Instant end) {
    return new Enrolment(
        id,
        aor,
        device,
        line,
        displayName,
        approval,
        codeKind,
        codeHash,
        createdBy,
        createdAt,
        end,
        triesLeft,
        keyIdentifier);
  }
}
