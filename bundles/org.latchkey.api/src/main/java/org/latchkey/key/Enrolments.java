package org.latchkey.key;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The key generating agent as administrators use it. Every change is on disk and in the audit log
 * when the method returns; {@code actor} is who asked, as the audit log shall name them.
 *
 * <p>All methods may block for the store. They throw {@link RequestRefusedException}, with a
 * sentence that says what to do next, when the request can't be carried out, and {@link
 * StoreUnavailableException} when the store is away.
 */
@ProviderType
public interface Enrolments {

  /**
   * Enrols one device. The result carries the code, this once; the caller closes it. A further line
   * of a device that has a key already has none: the device fetches it with the login or the
   * factory certificate that it has, and is told to. What {@link #check} says is refused.
   */
  NewEnrolment enrol(EnrolmentOrder order, String actor);

  /**
   * Enrols lines of one device, all or none. The lowest alone has a code, which fetches all of
   * them.
   *
   * @return in the order of {@code orders}; the caller closes each
   */
  List<NewEnrolment> enrolLines(List<EnrolmentOrder> orders, String actor);

  /**
   * Enrols lines of one device of the inventory anew, whatever became of their earlier entries and
   * keys: a phone without a certificate that was reset, or one whose key was revoked. For one phone
   * that somebody has looked at.
   *
   * @return in the order of {@code orders}; the caller closes each
   */
  List<NewEnrolment> enrolAnew(List<EnrolmentOrder> orders, String actor);

  /**
   * Checks orders without changing anything. A device and line that the inventory knows already,
   * with an entry that is open or has led to a key, is a problem, too: revoked phones stay out. So
   * is line 1 of a device that has lines which are not ordered, unless they are to stay with it
   * ({@link EnrolmentOrder#keepLines}): its file would hand them to its next user.
   *
   * @return one problem per bad order, by its index; empty when all are good
   */
  List<Problem> check(List<EnrolmentOrder> orders);

  /**
   * Enrols many devices, all or none. Of several lines of one device the lowest alone has a code,
   * which fetches all of them.
   *
   * @param progress told how many are done
   * @return in the order of {@code orders}; the caller closes each
   * @throws RequestRefusedException when any order is bad
   */
  List<NewEnrolment> enrolAll(List<EnrolmentOrder> orders, String actor, IntConsumer progress);

  /** All enrolments that are open or led to a key, newest first. */
  List<Enrolment> enrolments();

  /** Ends an enrolment's window; a key that it led to stays. */
  void cancel(String enrolment, String actor);

  /** Who knocked lately and was refused, newest first; from memory. */
  List<Knock> knocks();

  /** All issued keys, newest first. */
  List<KeyRecord> keys();

  /** The keys that an extension, AOR, device identifier or key identifier names, newest first. */
  List<KeyRecord> find(String phone);

  /**
   * The keys that are in one file: those of all lines of the device that holds a key, by line.
   *
   * @return that key alone when its device has no other; none when there is no such key, or it is
   *     revoked
   */
  List<KeyRecord> lines(String keyIdentifier);

  /**
   * Revokes a key: from now on it does not authenticate. A key that this node has no record of,
   * such as one that was issued after a backup, is revoked by its identifier if this site made it.
   *
   * <p>With the last live key of a device for which an administrator named it, its open enrolments
   * end too, unless the line was enrolled anew since: its old login fetches none of them.
   *
   * @param reason in the administrator's words
   * @return the key as revoked, with what its phone has from other generations, and the enrolments
   *     that ended with it; nothing when there is no record of it
   */
  Ended revoke(String keyIdentifier, String reason, String actor);

  /**
   * Revokes all live keys that bear a device identifier, and ends all open enrolments of the
   * device, at once: nothing that it has or knows fetches a key afterwards.
   *
   * @param device in any spelling
   * @throws RequestRefusedException when it has neither
   */
  Ended revokeDevice(String device, String reason, String actor);

  /**
   * The lines that the files of these orders' devices will hold beside those that are ordered: with
   * a live key, or enrolled and not fetched yet.
   *
   * @return the enrolment that counts of each
   * @throws RequestRefusedException when an order is bad
   */
  List<Enrolment> otherLines(List<EnrolmentOrder> orders);

  /**
   * Gives the phone that holds {@code keyIdentifier} another AOR: revokes the key and lets the old
   * provisioning login fetch the new one. The key of a stranger's phone that waits for approval
   * stays as it is until the new one has registered, which waits for none.
   *
   * @return the successor's enrolment
   */
  Enrolment assign(String keyIdentifier, String aor, String actor);

  /** What the agent is set up for. */
  Site site();

  /**
   * A new enrolment and its code.
   *
   * @param enrolment what is kept
   * @param code the code in characters, owned by whoever received this; empty for kinds without a
   *     code
   */
  record NewEnrolment(Enrolment enrolment, Optional<Secret> code) implements AutoCloseable {
    @Override
    public void close() {
      code.ifPresent(Secret::close);
    }
  }

  /**
   * What an administrator has ended.
   *
   * @param keys which do not authenticate any more
   * @param enrolments which had led to no key, and lead to none any more
   */
  record Ended(List<KeyRecord> keys, List<Enrolment> enrolments) {
    /** Copies the lists. */
    public Ended {
      keys = List.copyOf(keys);
      enrolments = List.copyOf(enrolments);
    }
  }

  /**
   * What is wrong with one of many orders.
   *
   * @param index its place, from 0
   * @param sentence what is wrong and what would be right
   * @param listed whether the inventory has this very entry already, so that nothing is missing
   *     when it is left out
   */
  record Problem(int index, String sentence, boolean listed) {}

  /**
   * What keys are issued for.
   *
   * @param enterprise the name in the derivation
   * @param realm the default realm
   * @param domains the domains, the default first
   * @param registrar where phones register
   */
  record Site(String enterprise, String realm, List<String> domains, Registrar registrar) {}
}
