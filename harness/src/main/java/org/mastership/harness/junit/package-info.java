/**
 * JUnit 5 support: a test of somebody's own {@link org.mastership.node.service.ReplicatedService}
 * under faults.
 *
 * <p>{@link org.mastership.harness.junit.FaultTest} says which service, on how many servers, and
 * what goes wrong; the test says what clients ask, and by which model the answers are judged. Who
 * uses this brings JUnit's API.
 */
@NullMarked
package org.mastership.harness.junit;

import org.jspecify.annotations.NullMarked;
