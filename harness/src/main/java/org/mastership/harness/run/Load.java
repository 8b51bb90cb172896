package org.mastership.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mastership.harness.checker.Model;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.harness.workload.Clients;
import org.mastership.harness.workload.KeyValueScripts;
import org.mastership.harness.workload.QuestionScripts;
import org.mastership.harness.workload.Scripts;
import org.mastership.harness.workload.ServiceTraffic;
import org.mastership.harness.workload.Traffic;

/** What uses a group during a run, and what the history of that shows. */
interface Load {
  /** Clients that do nothing yet. */
  Clients clients(RunningGroup group, HistoryWriter history);

  /** What clients ask who live in virtual time. */
  Scripts scripts();

  /** One finding for each kind of thing that was used. */
  List<Finding> findings(Judge judge, Path history) throws IOException;

  /** The key-value service. */
  record KeyValue(RunSettings settings) implements Load {
    @Override
    public Clients clients(RunningGroup group, HistoryWriter history) {
      return new Traffic(group, settings.workloads(), history, settings.clients(), settings.seed());
    }

    @Override
    public Scripts scripts() {
      return new KeyValueScripts(settings.workloads(), settings.seed());
    }

    @Override
    public List<Finding> findings(Judge judge, Path history) throws IOException {
      return judge.workloads(history);
    }
  }

  /** Somebody's own service. */
  record Own(RunSettings settings, String name, Model model, ServiceTraffic.Question question)
      implements Load {
    @Override
    public Clients clients(RunningGroup group, HistoryWriter history) {
      return new ServiceTraffic(group, question, history, settings.clients(), settings.seed());
    }

    @Override
    public Scripts scripts() {
      return new QuestionScripts(question, settings.clients(), settings.seed());
    }

    @Override
    public List<Finding> findings(Judge judge, Path history) throws IOException {
      return List.of(judge.workload(name, model, HistoryReader.operations(history)));
    }
  }
}
