package dev.cordon.core.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
  private static final Counts WAITING = Counts.of(Map.of(ItemState.WAITING, 1, ItemState.DONE, 2));
  private static final Counts ENDED =
      Counts.of(Map.of(ItemState.DONE, 1, ItemState.REFUSED, 2, ItemState.FAILED, 3));

  @Test
  void anOpenJobStaysOpenHoweverManyItemsHaveEnded() {
    assertEquals(Job.State.OPEN, job(Job.Stage.OPEN).state(ENDED));
    assertEquals(Job.State.OPEN, job(Job.Stage.OPEN).state(WAITING));
  }

  @Test
  void aClosedJobIsDoneOnceNothingWaits() {
    assertEquals(Job.State.RUNNING, job(Job.Stage.CLOSED).state(WAITING));
    assertEquals(Job.State.DONE, job(Job.Stage.CLOSED).state(ENDED));
    assertEquals(Job.State.DONE, job(Job.Stage.CLOSED).state(Counts.of(Map.of())));
  }

  @Test
  void onlyDoneAndCancelledAreTheEnd() {
    assertTrue(job(Job.Stage.CLOSED).state(ENDED).isEnd());
    assertTrue(job(Job.Stage.CANCELLED).state(ENDED).isEnd());
    assertFalse(job(Job.Stage.OPEN).state(ENDED).isEnd());
    assertFalse(job(Job.Stage.CLOSED).state(WAITING).isEnd());
  }

  @Test
  void countsWhatHasEnded() {
    assertEquals(6, ENDED.ended());
    assertEquals(2, WAITING.ended());
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void aDenialIsARefusalAndAnythingElseAFailure(Code code) {
    ItemState state = ItemState.after(Problem.of(code, "why"));
    assertEquals(code.status() == 403 ? ItemState.REFUSED : ItemState.FAILED, state);
  }

  @ParameterizedTest
  @EnumSource(ItemState.class)
  void everyStateIsReadBackFromItsWord(ItemState state) {
    assertEquals(state, ItemState.of(state.word()));
  }

  private static Job job(Job.Stage stage) {
    return new Job(
        UUID.randomUUID(),
        new Caller("demo", Set.of("caller")),
        stage,
        new byte[0],
        new byte[0],
        Instant.EPOCH);
  }
}
