/**
 * Planted bugs: changes of one line of core, each applied to a copy, so that the tests of this and
 * of other modules can show which of their checks finds it.
 */
@NullMarked
package org.mastership.core.planted;

import org.jspecify.annotations.NullMarked;
