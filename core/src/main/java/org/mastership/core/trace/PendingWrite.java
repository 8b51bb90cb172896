package org.mastership.core.trace;

import java.util.List;
import java.util.Map;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Run;

/** A write that storage was given and that is not known to be stable yet. */
public sealed interface PendingWrite {
  /** The ticket of the write. */
  long ticket();

  /**
   * Its record in the specification.
   *
   * @param last for an append: the sequence of the last of its entries that is still in the log
   */
  Map<String, Object> view(long last);

  /** Of a {@link Effect.StoreEpoch}. */
  record OfEpoch(long ticket, Epoch epoch) implements PendingWrite {
    @Override
    public Map<String, Object> view(long last) {
      return Tla.fields("write", "epoch", "epoch", MessageView.epoch(epoch));
    }
  }

  /** Of an {@link Effect.Append}. */
  record OfEntries(long ticket, Run run) implements PendingWrite {
    @Override
    public Map<String, Object> view(long last) {
      return Tla.fields(
          "write", "append", "entries", MessageView.entries(List.of(run)), "last", last);
    }
  }

  /** Of a {@link Effect.Cut}. */
  record OfCut(long ticket, long after) implements PendingWrite {
    @Override
    public Map<String, Object> view(long last) {
      return Tla.fields("write", "cut", "after", after);
    }
  }
}
