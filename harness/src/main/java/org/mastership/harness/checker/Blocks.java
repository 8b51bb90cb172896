package org.mastership.harness.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mastership.harness.history.Operation;

/**
 * Puts blocks in an order. One must come before another if some of it was answered before some of
 * the other was asked; an order exists if that is never so both ways.
 */
final class Blocks {
  private final List<Block> byBegin;
  private final List<Block> byEnd;
  private final Set<Block> done = new HashSet<>();
  private int nextBegin;
  private int nextEnd;

  private Blocks(List<Block> blocks) {
    byBegin = new ArrayList<>(blocks);
    byBegin.sort(Comparator.comparingLong(Block::begin));
    byEnd = new ArrayList<>(blocks);
    byEnd.sort(Comparator.comparingLong(Block::end));
  }

  static Finding arrange(List<Block> blocks) {
    return new Blocks(blocks).arrange();
  }

  private Finding arrange() {
    List<Operation> order = new ArrayList<>();
    while (done.size() < byBegin.size()) {
      nextBegin = left(byBegin, nextBegin);
      nextEnd = left(byEnd, nextEnd);
      Block next = byBegin.get(nextBegin);
      Block firstToEnd = byEnd.get(nextEnd);
      if (firstToEnd.end() < next.begin()) {
        // It has begun before any other can have ended, so it is first; unless it ends too late.
        next = firstToEnd;
        int second = left(byEnd, nextEnd + 1);
        if (second < byEnd.size() && byEnd.get(second).end() < next.begin()) {
          return next.conflictWith(byEnd.get(second));
        }
      }
      done.add(next);
      order.addAll(next.order());
    }
    return new Finding.Order(order);
  }

  /** The index of the first block that is not done, from an index on. */
  private int left(List<Block> blocks, int from) {
    int index = from;
    while (index < blocks.size() && done.contains(blocks.get(index))) {
      index++;
    }
    return index;
  }
}
