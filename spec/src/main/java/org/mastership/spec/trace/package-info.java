/** Checks transitions that servers recorded against the specification's module Trace. */
@NullMarked
package org.mastership.spec.trace;

import org.jspecify.annotations.NullMarked;
