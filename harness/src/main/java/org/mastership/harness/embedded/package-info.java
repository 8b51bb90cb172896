/** A group whose servers all run in this Java machine. */
@NullMarked
package org.mastership.harness.embedded;

import org.jspecify.annotations.NullMarked;
