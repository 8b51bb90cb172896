/** A resource outside of a group, which its masters write to, and which tells late writes. */
@NullMarked
package org.mastership.harness.fencing;

import org.jspecify.annotations.NullMarked;
