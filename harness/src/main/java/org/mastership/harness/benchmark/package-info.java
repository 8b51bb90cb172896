/**
 * Microbenchmarks of the protocol's step and of the wire format; the module's README says how to
 * run them.
 */
@NullMarked
package org.mastership.harness.benchmark;

import org.jspecify.annotations.NullMarked;
