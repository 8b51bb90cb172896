/** The {@code mastership-harness} command. */
@NullMarked
package org.mastership.harness.cli;

import org.jspecify.annotations.NullMarked;
