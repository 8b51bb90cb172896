/**
 * A server group as it is used: each server a process of its own on this machine, talking over the
 * loopback interface, with faults that the operating system brings about. What was started here is
 * gone when this process ends, unless it is itself killed with SIGKILL.
 */
@NullMarked
package org.mastership.harness.processes;

import org.jspecify.annotations.NullMarked;
