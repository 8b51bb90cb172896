/**
 * A server group in containers: each server in one of its own on a private network, from the image
 * of the project's {@code docker} folder, with faults that the engine and the kernel bring about.
 *
 * <p>Each server has two containers. Its {@link Machine} holds network and disk and stays; the
 * server's own comes and goes in it. So packet rules and data survive the kill of a server, and a
 * killed server's machine refuses connections as a real one would. Only the machine has the right
 * to change packet rules: the server runs as it does in production.
 *
 * <p>All that is made bears a label with the process that made it. What a killed process left is
 * removed when the next group is created; a process that ends, also by Ctrl-C, removes its own.
 */
@NullMarked
package org.mastership.harness.containers;

import org.jspecify.annotations.NullMarked;
