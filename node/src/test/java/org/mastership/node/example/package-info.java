/**
 * How a service of one's own becomes a replicated one: {@link
 * org.mastership.node.example.TicketOffice} is the service, {@link
 * org.mastership.node.example.TicketsExample} runs three servers with it and a client.
 */
@NullMarked
package org.mastership.node.example;

import org.jspecify.annotations.NullMarked;
