/**
 * The client of a server group.
 *
 * <p>{@link org.mastership.node.client.MastershipClient} finds the master, follows it from server
 * to server, and gets each request executed once; {@link org.mastership.node.client.KeyValueClient}
 * speaks to the key-value service with it. Every call returns at once; its future ends with the
 * result, or with a {@link org.mastership.node.client.ClientException}, within the call's deadline.
 *
 * <p>Futures are completed on the client's one network thread. What a user chains to them without
 * an executor of its own (the methods of {@code CompletableFuture} that do not end in {@code
 * Async}) runs there and must not wait; calling the client again from there is fine.
 */
@NullMarked
package org.mastership.node.client;

import org.jspecify.annotations.NullMarked;
