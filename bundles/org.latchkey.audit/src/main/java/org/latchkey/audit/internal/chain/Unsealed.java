package org.latchkey.audit.internal.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.ChainedRecord;

/**
 * Records without a hash in an archive. They are of before the chain if its first record follows
 * from what they say; others have lost their hash.
 *
 * @param source the archive
 * @param end where the chain ends
 */
record Unsealed(AuditArchive source, Link end) {

  private static final int WINDOW = 1_000;

  /**
   * Follows them to the first record of the chain, or to its end when there is none yet.
   *
   * @param before the place before the first of them
   * @return the number of the last one
   * @throws SealException when they are not what was sealed, in words
   */
  long last(Link before) {
    return follow(before, link -> {});
  }

  /**
   * The place of one of them, if all are what was sealed.
   *
   * @throws SealException when they are not, or that one is not of before the chain
   */
  Link at(long number) {
    List<Link> at = new ArrayList<>();
    long last =
        follow(
            Link.START,
            link -> {
              if (link.number() == number) {
                at.add(link);
              }
            });
    if (last < number) {
      throw wrong("record %d has lost its hash".formatted(number));
    }
    return at.get(0);
  }

  private long follow(Link before, Consumer<Link> each) {
    Link link = before;
    while (link.number() < end.number()) {
      List<ChainedRecord> window = source.read(link.number() + 1, WINDOW);
      if (window.isEmpty()) {
        throw wrong("record %d is missing".formatted(link.number() + 1));
      }
      for (ChainedRecord record : window) {
        boolean first = record.entry().action().equals(Chain.BEGUN);
        if (record.number() != link.number() + 1) {
          throw wrong("record %d is missing".formatted(link.number() + 1));
        }
        if (first == record.hash().isEmpty()) {
          throw wrong(
              "record %d has lost its hash"
                  .formatted(first ? record.number() : before.number() + 1));
        }
        if (first) {
          return sealed(before, link, record);
        }
        link = Link.of(link.next(record.entry()));
        each.accept(link);
        if (link.number() == end.number()) {
          break;
        }
      }
    }
    if (!link.equals(end)) {
      throw altered(before, end.number());
    }
    return end.number();
  }

  private long sealed(Link before, Link link, ChainedRecord first) {
    if (!link.precedes(first)) {
      throw altered(before, first.number());
    }
    return link.number();
  }

  private SealException altered(Link before, long last) {
    return wrong("one of records %d to %d was altered".formatted(before.number() + 1, last));
  }

  private SealException wrong(String words) {
    return new SealException(
        "it can't be caught up: in the %s, %s; latchkey:audit --verify says more"
            .formatted(source.name(), words));
  }
}
