/** The command line. */
@NullMarked
package org.mastership.node.cli;

import org.jspecify.annotations.NullMarked;
