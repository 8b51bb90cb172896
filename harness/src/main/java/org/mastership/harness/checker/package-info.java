/**
 * What histories say.
 *
 * <p>{@link org.mastership.harness.checker.LinearizabilityChecker} decides whether one order of all
 * operations explains every answer; it never guesses: a time or memory limit makes the verdict
 * unknown. Two algorithms do so, which check each other in the tests: {@code KeySearch} for any
 * {@link org.mastership.harness.checker.Model}, and {@code UniqueValues} and {@code ListOrder}
 * where no value is written twice. A good verdict carries the order found, which {@link
 * org.mastership.harness.checker.Witness} verifies on its own in a few lines; a bad one few
 * operations that contradict each other. {@link org.mastership.harness.checker.MastershipChecker}
 * judges what servers said of their mastership, {@link org.mastership.harness.checker.ExactlyOnce}
 * counts what was lost or executed twice.
 */
@NullMarked
package org.mastership.harness.checker;

import org.jspecify.annotations.NullMarked;
