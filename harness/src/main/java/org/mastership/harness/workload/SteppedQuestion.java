package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A client whose question waits for each answer, asked in steps by somebody who does not wait. The
 * question runs on a thread of its own, and stands still wherever it asks; only one of the two
 * threads runs at a time, so that all of a group's clients together do what one thread would.
 */
final class SteppedQuestion implements Script, AutoCloseable {
  private final ServiceTraffic.Question question;
  private final ServiceClient client = new ServiceClient(this::perform);
  private final Random random;
  private final Thread thread;
  private final Semaphore goesOn = new Semaphore(0);
  private final Semaphore standsStill = new Semaphore(0);

  // What follows belongs to whichever of the two threads runs.
  private @Nullable Asked asked;
  private Optional<JsonNode> result = Optional.empty();
  private @Nullable Throwable failure;
  private boolean closed;

  SteppedQuestion(long process, ServiceTraffic.Question question, Random random) {
    this.question = question;
    this.random = random;
    this.thread = new Thread(this::run, "client-" + process);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends a question that nobody will answer; not for anybody else to catch. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abandoned() {
      super("the run is over", null, false, false);
    }
  }

  private void run() {
    goesOn.acquireUninterruptibly();
    while (!closed) {
      try {
        question.ask(client, random);
      } catch (Abandoned e) {
        return;
      } catch (Throwable e) {
        failure = e;
      }
      if (closed) {
        return; // it took no notice
      }
      standsStill.release();
      goesOn.acquireUninterruptibly();
    }
  }

  /** The question asks; on its thread. */
  private Optional<JsonNode> perform(Asked what) {
    if (closed) {
      throw new Abandoned();
    }
    asked = what;
    standsStill.release();
    goesOn.acquireUninterruptibly();
    if (closed) {
      throw new Abandoned();
    }
    return result;
  }

  /** Lets the question run until it asks again, or has ended. */
  private void step() {
    asked = null;
    goesOn.release();
    try {
      standsStill.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientFailure(e);
    }
    if (failure != null) {
      throw new ClientFailure(failure);
    }
  }

  @Override
  public @Nullable Asked next() {
    if (asked == null) {
      step();
    }
    return asked;
  }

  @Override
  public void ended(Optional<JsonNode> ofAsked) {
    result = ofAsked;
    step();
  }

  @Override
  public boolean isInTheMiddle() {
    return asked != null;
  }

  @Override
  public void close() {
    closed = true;
    goesOn.release();
  }
}
