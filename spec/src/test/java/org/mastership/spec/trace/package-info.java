/** Tests of what follows recorded transitions. */
@NullMarked
package org.mastership.spec.trace;

import org.jspecify.annotations.NullMarked;
