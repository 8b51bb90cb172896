/**
 * How a server finds out what it is rated by (claims 20, 21): computational power when it starts,
 * bandwidth to the others again and again. What comes of a rating is core's: it ranks the servers.
 */
@NullMarked
package org.mastership.node.rating;

import org.jspecify.annotations.NullMarked;
