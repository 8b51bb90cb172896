/**
 * Connections between servers and from clients, by Netty. A server dials every other one: what it
 * says goes by the connection that it opened, what it hears comes by those of the others. Clients
 * use the same port.
 */
@NullMarked
package org.mastership.node.transport;

import org.jspecify.annotations.NullMarked;
