/** The protocol of a server group as a pure state machine. */
@NullMarked
package org.mastership.core;

import org.jspecify.annotations.NullMarked;
