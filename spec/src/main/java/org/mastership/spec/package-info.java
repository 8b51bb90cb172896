/**
 * Runs TLC on the models of the specification and judges what it found.
 *
 * <p>A {@link org.mastership.spec.Model} is one check: a configuration of TLC whose first comments
 * say what is checked, how large it is and what must come of it. {@link org.mastership.spec.Tlc}
 * runs it in a process of its own and gives an {@link org.mastership.spec.Outcome}; {@link
 * org.mastership.spec.Verdict} compares the two.
 */
@NullMarked
package org.mastership.spec;

import org.jspecify.annotations.NullMarked;
