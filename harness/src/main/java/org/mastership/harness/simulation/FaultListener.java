package org.mastership.harness.simulation;

import java.util.List;

/** Is told what goes wrong in a simulated run, and when it is right again. */
public interface FaultListener {
  /** Nobody. */
  FaultListener NONE =
      new FaultListener() {
        @Override
        public void begins(long id, Settings.Fault fault, List<Integer> servers, String text) {}

        @Override
        public void ends(long id) {}
      };

  /**
   * A fault is in force.
   *
   * @param id names it; counts the faults of a run, from 1
   * @param servers those that it is about
   * @param text for people; empty if there is nothing to say
   */
  void begins(long id, Settings.Fault fault, List<Integer> servers, String text);

  /** It is no more. */
  void ends(long id);
}
