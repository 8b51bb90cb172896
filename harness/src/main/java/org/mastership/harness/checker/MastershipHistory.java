package org.mastership.harness.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Operation;
import org.mastership.harness.history.Question;

/**
 * Judges a history of masterships: each process is a server that asks itself whether it is master;
 * the answer is the epoch in which it is, or nothing. A key names a group; groups are judged alone.
 */
public final class MastershipHistory {
  private final Map<String, List<Observation>> byGroup = new LinkedHashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  private MastershipHistory() {}

  /**
   * The verdict on a history.
   *
   * @param withOrder whether a good verdict is to have the order of all observations
   * @throws IOException if the file is not a history of masterships, or can not be read
   */
  public static Verdict check(HistoryReader reader, Path file, boolean withOrder)
      throws IOException {
    MastershipHistory history = new MastershipHistory();
    reader.checkedBy(MastershipHistory::problem).read(file, history.new Observed());
    return history.verdict(withOrder);
  }

  private static Optional<String> problem(Event question, Event event) {
    JsonNode value = event.value();
    boolean understood =
        event.type() == Event.Type.INVOKE
            || isNotMaster(value)
            || (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0);
    return understood
        ? Optional.empty()
        : Optional.of("'value' must be the epoch, 1 or more, or null for no master, not " + value);
  }

  private static boolean isNotMaster(JsonNode value) {
    return value.isNull() || (value.isBoolean() && !value.booleanValue());
  }

  private final class Observed implements HistoryReader.Listener {
    @Override
    public void asked(Question question) {}

    @Override
    public void unanswered(Question question) {}

    @Override
    public void answered(Question question, Event answer, long place) {
      if (answer.value().longValue() == 0) {
        return;
      }
      Event asked = question.event();
      byGroup
          .computeIfAbsent(asked.key(), group -> new ArrayList<>())
          .add(
              new Observation(
                  names.computeIfAbsent(asked.process(), Object::toString),
                  question.place(),
                  place,
                  answer.value().longValue()));
    }
  }

  private Verdict verdict(boolean withOrder) {
    Map<String, List<Operation>> orders = new LinkedHashMap<>();
    for (Map.Entry<String, List<Observation>> group : byGroup.entrySet()) {
      Optional<MastershipChecker.Contradiction> contradiction =
          MastershipChecker.contradiction(group.getValue());
      if (contradiction.isPresent()) {
        Operation first = operation(group.getKey(), contradiction.get().first());
        Operation second = operation(group.getKey(), contradiction.get().second());
        return new Verdict.NotLinearizable(
            group.getKey(), List.of(first, second), contradiction.get().rule());
      }
      List<Observation> order = MastershipChecker.order(group.getValue());
      MastershipChecker.verify(order);
      if (withOrder) {
        orders.put(
            group.getKey(), order.stream().map(each -> operation(group.getKey(), each)).toList());
      }
    }
    return new Verdict.Linearizable(orders);
  }

  private static Operation operation(String group, Observation of) {
    return new Operation(
        Long.parseLong(of.server()),
        "master",
        group,
        NullNode.getInstance(),
        LongNode.valueOf(of.token()),
        of.before(),
        of.after(),
        0);
  }
}
