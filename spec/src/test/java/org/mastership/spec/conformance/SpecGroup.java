package org.mastership.spec.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import util.SimpleFilenameToStream;
import util.UniqueString;

/** The specification's module Group, explored by TLC in this process: one at a time. */
final class SpecGroup {
  private static final List<String> VARIABLES =
      List.of("connected", "disk", "left", "net", "server");

  private final FastTool tool;
  private final TlcText texts = new TlcText();

  /**
   * @param folder with the model
   * @param model the name of its module and configuration
   * @param modules the folder of the modules
   */
  SpecGroup(Path folder, String model, Path modules) {
    String[] folders = {folder.toAbsolutePath().toString(), modules.toAbsolutePath().toString()};
    tool = new FastTool(folders[0], model, model, new SimpleFilenameToStream(folders));
  }

  TLCState initial() {
    StateVec states = tool.getInitStates();
    if (states.size() != 1) {
      throw new IllegalStateException("one initial state was expected, not " + states.size());
    }
    return states.elementAt(0);
  }

  /** Gives each next state with the action that leads to it. */
  void next(TLCState state, BiConsumer<String, TLCState> found) {
    for (Action action : tool.getActions()) {
      StateVec states = tool.getNextStates(action, state);
      for (int i = 0; i < states.size(); i++) {
        TLCState next = states.elementAt(i);
        found.accept(texts.of(next.lookup(UniqueString.uniqueStringOf("act"))), next);
      }
    }
  }

  /** Whether a state is within the model's bounds. */
  boolean isWithin(TLCState state) {
    return tool.isInModel(state);
  }

  /** A state without its last action, as text. */
  String text(TLCState state) {
    StringBuilder all = new StringBuilder();
    for (String variable : VARIABLES) {
      all.append(all.isEmpty() ? "" : "\n").append(variable).append(" = ");
      all.append(texts.of(state.lookup(UniqueString.uniqueStringOf(variable))));
    }
    return all.toString();
  }
}
