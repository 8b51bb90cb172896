package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.mastership.core.Epoch;

/** A registrar, at a name server that does what the test says. */
class RegistrarTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Registration MINE = NameServerContract.registration(3, 1);
  private static final Registration HIGHER = NameServerContract.registration(4, 2);

  private final List<Epoch> higher = Collections.synchronizedList(new ArrayList<>());
  private final List<Registration> published = Collections.synchronizedList(new ArrayList<>());
  @AutoClose private final Registrar registrar = new Registrar(new Scripted(), higher::add);
  private volatile boolean down;
  private volatile boolean broken;
  private volatile Registration stored = NameServerContract.registration(1, 3);

  private final class Scripted implements NameServer {
    @Override
    public Optional<Registration> lookUp() {
      return Optional.of(stored);
    }

    @Override
    public Registration publish(Registration registration) throws NameServerException {
      published.add(registration);
      if (broken) {
        throw new IllegalStateException("it has a bug");
      }
      if (down) {
        throw new NameServerException("it is down", null);
      }
      if (registration.epoch().isAbove(stored.epoch())) {
        stored = registration;
      }
      return stored;
    }
  }

  private void awaitProblem(String problem) {
    Awaitility.await().atMost(PATIENCE).until(() -> registrar.state().problem().equals(problem));
  }

  private void awaitPublished(int times) {
    Awaitility.await().atMost(PATIENCE).until(() -> published.size() >= times);
  }

  @Test
  void aNewMasterIsRegistered() {
    registrar.gained(MINE);

    awaitPublished(1);
    awaitProblem("");
    assertThat(registrar.state().found()).contains(MINE);
    assertThat(higher).isEmpty();
  }

  @Test
  void aHigherEpochIsToldAgainAndAgainAsLongAsItIsThere() {
    stored = HIGHER;
    registrar.gained(MINE);

    Awaitility.await().atMost(PATIENCE).until(() -> higher.size() >= 2);
    assertThat(higher).containsOnly(HIGHER.epoch());
    assertThat(registrar.state().found()).contains(HIGHER);
    assertThat(registrar.state().problem())
        .isEqualTo("the name server has the higher epoch 4.2 of s2");
  }

  @Test
  void whatFailsIsTriedAgainWhateverTheReason() {
    down = true;
    registrar.gained(MINE);
    awaitPublished(3);
    awaitProblem("it is down");

    broken = true;
    awaitProblem("it has a bug");

    broken = false;
    down = false;
    awaitProblem("");
    assertThat(stored).isEqualTo(MINE);
  }

  @Test
  void whoIsNoLongerMasterRegistersNothingMore() {
    down = true;
    registrar.gained(MINE);
    awaitPublished(1);

    registrar.lost();
    awaitProblem("");
    int before = published.size();
    registrar.gained(HIGHER);
    awaitPublished(before + 2);

    assertThat(published.subList(before, before + 2)).containsOnly(HIGHER);
  }
}
