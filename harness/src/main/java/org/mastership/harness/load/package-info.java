/** How fast a group of processes on this machine is. */
@NullMarked
package org.mastership.harness.load;

import org.jspecify.annotations.NullMarked;
