package org.mastership.harness.checker;

/**
 * An operation under way.
 *
 * @param call the operation, and the line by which it has taken effect
 * @param isPure whether it can not change a state
 * @param slot its place in a configuration; used again after its end
 */
record OpenOperation(Call call, boolean isPure, int slot) {
  boolean isOptional() {
    return call.isOptional();
  }
}
