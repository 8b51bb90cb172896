package org.mastership.harness.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Clients of somebody's own service; in the end one of them asks on for all. */
public final class QuestionScripts implements Scripts {
  private final ServiceTraffic.Question question;
  private final long seed;
  private final int lastQuestions;
  private final List<SteppedQuestion> begun = new ArrayList<>();

  /**
   * Clients who have asked nothing yet.
   *
   * @param question what they ask
   * @param clients how many there are
   * @param seed of their choices
   */
  public QuestionScripts(ServiceTraffic.Question question, int clients, long seed) {
    this.question = question;
    this.seed = seed;
    this.lastQuestions = clients * ServiceTraffic.LAST_QUESTIONS;
  }

  @Override
  public Script of(long process) {
    Random random = ServiceTraffic.choices(seed, process);
    SteppedQuestion stepped = new SteppedQuestion(process, question, random);
    begun.add(stepped);
    return stepped;
  }

  @Override
  public Script lastLook() {
    return new SoMany(of(0), lastQuestions);
  }

  @Override
  public void close() {
    begun.forEach(SteppedQuestion::close);
  }

  /** A client that ends after some questions. */
  private static final class SoMany implements Script {
    private final Script client;
    private int left;

    SoMany(Script client, int left) {
      this.client = client;
      this.left = left;
    }

    @Override
    public @Nullable Asked next() {
      Asked next = null;
      while (next == null && (client.isInTheMiddle() || left > 0)) {
        left -= client.isInTheMiddle() ? 0 : 1;
        next = client.next();
      }
      return next;
    }

    @Override
    public void ended(Optional<JsonNode> result) {
      client.ended(result);
    }

    @Override
    public boolean isInTheMiddle() {
      return client.isInTheMiddle() || left > 0;
    }
  }
}
