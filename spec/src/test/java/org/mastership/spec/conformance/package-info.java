/**
 * Shows that the specification and the code are the same: a group of core's state machines and the
 * specification's module Group are explored side by side, from the same beginning, and must have
 * the same steps in every state.
 */
@NullMarked
package org.mastership.spec.conformance;

import org.jspecify.annotations.NullMarked;
