package org.mastership.core;

import java.util.List;

/**
 * One transition of a server.
 *
 * @param state what the server knows now
 * @param effects what the caller is to do, in this order, after it has published the state
 * @param rules the rules that were applied, in this order
 */
public record Step(State state, List<Effect> effects, List<Rule> rules) {
  public Step {
    effects = List.copyOf(effects);
    rules = List.copyOf(rules);
  }

  /** To whom the master hands over, or has just done so (R10); 0 for nobody. */
  public int successor() {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send send && send.message() instanceof Message.Resign resign) {
        return resign.target();
      }
    }
    Tenure tenure = state.tenure();
    return tenure == null ? 0 : tenure.handOver().target();
  }
}
