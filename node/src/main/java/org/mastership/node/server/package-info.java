/**
 * One server of a group: {@link org.mastership.node.server.ServerGroup} joins it, {@link
 * org.mastership.node.server.Mastership} says who is master. One event loop owns the protocol's
 * state; storage and the service run beside it.
 */
@NullMarked
package org.mastership.node.server;

import org.jspecify.annotations.NullMarked;
