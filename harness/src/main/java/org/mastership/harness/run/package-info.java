/** Runs of a group under faults: what went wrong, what clients saw, and what that says. */
@NullMarked
package org.mastership.harness.run;

import org.jspecify.annotations.NullMarked;
