package org.mastership.harness.run;

import java.util.List;

/**
 * What a run shows of one thing.
 *
 * @param what was judged: a workload, the masterships, or that all is well in the end
 * @param verdict in a word or two
 * @param isGood whether it keeps what was promised, or breaks what the guarantee does not promise
 * @param sentence why, empty if there is nothing to say
 * @param explanation what suffices to see it
 */
public record Finding(
    String what, String verdict, boolean isGood, String sentence, List<String> explanation) {
  public Finding {
    explanation = List.copyOf(explanation);
  }
}
