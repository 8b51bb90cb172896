package org.mastership.node.server;

/** Is told of changes of the mastership; see {@link Mastership#subscribe}. */
@FunctionalInterface
public interface MastershipListener {
  /** One change, or the current state when the subscription begins. */
  void onChange(MastershipEvent event);
}
