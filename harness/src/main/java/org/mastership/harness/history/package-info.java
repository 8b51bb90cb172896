/**
 * Histories: what clients asked of a group and what they were told, in the order in which it
 * happened.
 *
 * <p>A history is a file of JSON objects, one a line:
 *
 * <ul>
 *   <li>{@code process}: a number; a process does one thing at a time
 *   <li>{@code type}: {@code invoke}, then {@code ok} (it happened), {@code fail} (it had no
 *       effect) or {@code info} (unknown: it may take effect at any later time, or never)
 *   <li>{@code f}: what was asked, such as {@code get} or {@code put}
 *   <li>{@code key}: of what; absent where there is one object only
 *   <li>{@code value}: at {@code invoke} the argument, at {@code ok} the result
 *   <li>{@code time}: nanoseconds of a clock that all processes share
 * </ul>
 *
 * <p>The order of the lines is the order of real time; {@code time} is for people and charts. An
 * {@code invoke} that nothing follows is as unknown as one that {@code info} follows.
 */
@NullMarked
package org.mastership.harness.history;

import org.jspecify.annotations.NullMarked;
