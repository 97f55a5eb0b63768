package dev.cordon.core.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cordon.audit.consent.ConsentCheck;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.consent.Withdrawal;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.gallery.collection.ImageCollection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time passes, nobody withdraws. */
class ExpirySweepTest {
  private static final String ENDING = "5".repeat(64);
  private static final String LASTING = "6".repeat(64);
  private static final Instant END = Instant.parse("2026-11-25T00:00:00Z");

  private final RememberedCollections store = new RememberedCollections();
  private final MovableClock clock = new MovableClock(END.minusMillis(1));
  private final ImageCollection collection = store.create("a");
  private boolean restsOnConsent = true;

  @Test
  @Tag("R24")
  void whatRestedOnAConsentIsErasedOnceItsTimeIsOver() {
    store.keep(collection, "ending", ENDING);
    store.keep(collection, "lasting", LASTING);
    store.keep(collection, "both", ENDING, LASTING);
    store.keep(collection, "nobody");

    sweep();
    assertEquals(List.of(), store.steps, "a moment before the end");

    clock.now = END;
    sweep();
    assertEquals(
        List.of("lock a", "erase both", "erase ending", "append item-erased"), store.steps);

    sweep();
    assertEquals(4, store.steps.size(), "once");
  }

  @Test
  void whatRestsOnAnotherGroundStays() {
    restsOnConsent = false;
    store.keep(collection, "ending", ENDING);
    clock.now = END;
    sweep();
    assertEquals(List.of(), store.steps);
  }

  private void sweep() {
    Erasure erasure = new Erasure(store, new Expiring(), DirectWriter.shelf(store, 100));
    PolicyEnforcementPoint policy =
        new PolicyEnforcementPoint(null) {
          @Override
          public boolean restsOnConsent(String tenant, String purpose, String use, String area) {
            return restsOnConsent;
          }
        };
    new ExpirySweep(store, erasure, policy, new DirectWriter(store.steps), clock).sweep();
  }

  /** Everybody has consented, one until a time. */
  private static final class Expiring implements ConsentLedger {
    @Override
    public ConsentCheck check(ConsentQuery query) {
      boolean over = query.subjects().contains(ENDING) && !query.now().isBefore(END);
      return new ConsentCheck(List.of(), over ? List.of(ENDING) : List.of());
    }

    @Override
    public void give(ConsentRecord record) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ConsentRecord> find(String tenant, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Withdrawal> withdraw(String tenant, UUID id, Instant when) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class MovableClock extends Clock {
    private Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
