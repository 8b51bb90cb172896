/**
 * The replicated service: what each server executes, entry by entry, in the one order of the log.
 *
 * <p>A user implements {@link org.mastership.node.service.ReplicatedService}; {@link
 * org.mastership.node.service.KeyValueService} is the one that ships. {@link
 * org.mastership.node.service.ReplicatedState} stands between the log and the service: it knows the
 * sessions, executes each numbered request once, and keeps the digest by which servers compare
 * their results.
 */
@NullMarked
package org.mastership.node.service;

import org.jspecify.annotations.NullMarked;
