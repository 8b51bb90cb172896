/** The configuration of a server, and how it is read from a file. */
@NullMarked
package org.mastership.node.config;

import org.jspecify.annotations.NullMarked;
