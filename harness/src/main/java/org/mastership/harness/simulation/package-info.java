/**
 * Whole groups of core's state machines in virtual time, on one thread, from one seed: the same
 * seed gives the same run. The promises are checked at every step.
 */
@NullMarked
package org.mastership.harness.simulation;

import org.jspecify.annotations.NullMarked;
