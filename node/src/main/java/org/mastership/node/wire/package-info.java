/** The wire format: frames, the handshake, and the messages of servers and clients. */
@NullMarked
package org.mastership.node.wire;

import org.jspecify.annotations.NullMarked;
