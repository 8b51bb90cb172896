/**
 * Histories: what clients asked of a group and what they were told, in the order in which it
 * happened.
 *
 * <p>A history is a file of JSON objects, one a line, or of EDN maps as Jepsen writes them; {@code
 * docs/histories.md} says what is in them. Each entry is an {@link
 * org.mastership.harness.history.Event}; a question and its answer are an {@link
 * org.mastership.harness.history.Operation}. The order of the entries is the order of real time. An
 * {@code invoke} that nothing follows is as unknown as one that {@code info} follows.
 */
@NullMarked
package org.mastership.harness.history;

import org.jspecify.annotations.NullMarked;
