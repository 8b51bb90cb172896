/** The command {@code mastership-spec}. */
@NullMarked
package org.mastership.spec.cli;

import org.jspecify.annotations.NullMarked;
