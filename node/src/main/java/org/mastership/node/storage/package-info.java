/** Stable storage of one server: the log, and the highest epoch that it granted or acknowledged. */
@NullMarked
package org.mastership.node.storage;

import org.jspecify.annotations.NullMarked;
