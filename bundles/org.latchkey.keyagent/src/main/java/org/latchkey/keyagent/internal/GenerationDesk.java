package org.latchkey.keyagent.internal;

import java.util.List;
import org.latchkey.key.Generation;
import org.latchkey.key.Generations;
import org.latchkey.key.KeyRecords;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What administrators do with generations: one thing at a time, and nothing during a backup. */
@Component(immediate = true)
public final class GenerationDesk implements Generations {

  private final Turn turn;
  private final Changes changes;
  private final Rotating rotating;
  private final Retiring retiring;
  private final Neighbours neighbours;
  private final FirstRegistrations registrations;

  /** The service. */
  @Activate
  public GenerationDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  GenerationDesk(Parts parts) {
    turn = parts.turn();
    changes = new Changes(parts.custody(), parts.revocations(), parts.neighbours(), parts.clock());
    rotating = new Rotating(parts, changes);
    retiring = new Retiring(parts, changes);
    neighbours = parts.neighbours();
    registrations = parts.registrations();
  }

  @Override
  public Overview overview() {
    KeyRecords store = changes.store();
    return new Movement(store.keys(), registrations)
        .overview(store.generations(), LiveKeys.at(neighbours.pbxs()), changes.now());
  }

  @Override
  public List<Left> left(int generation) {
    return retiring.left(generation, LiveKeys.at(neighbours.pbxs()));
  }

  @Override
  public Generation rotate(Rotation how, String actor) {
    return turn.take(() -> rotating.rotate(how, actor));
  }

  @Override
  public List<Left> retire(int number, boolean cutOff, String actor) {
    return turn.take(() -> retiring.retire(number, cutOff, actor));
  }

  @Override
  public void destroy(int number, boolean force, String actor) {
    turn.take(
        () -> {
          retiring.destroy(number, force, actor);
          return number;
        });
  }
}
