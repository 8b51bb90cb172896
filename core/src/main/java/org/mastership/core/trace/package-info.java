/**
 * States and messages as values of the specification, in its notation. This is the abstraction
 * under which the specification and this code are the same: of a time only remains whether a timer
 * runs and whether a promise or a lease holds; of a ticket, which writes are not stable yet; of a
 * stamp, the incarnation where a rule compares it. Nothing else is left out but digests, the
 * reasons of reports and the count of discarded entries, which no rule reads.
 */
@NullMarked
package org.mastership.core.trace;

import org.jspecify.annotations.NullMarked;
