/**
 * The name server: where the mastership of a group is registered, and clients find the master
 * (claim 27). A registration replaces only one of a lower epoch, so that an old master can not take
 * the name back.
 */
@NullMarked
package org.mastership.node.names;

import org.jspecify.annotations.NullMarked;
