package org.mastership.harness.history;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line of a history.
 *
 * @param process who asked
 * @param type what kind of line this is
 * @param f what was asked
 * @param key of what; empty where there is one object only
 * @param value the argument or the result; JSON's null for none
 * @param timeNanos when, on the clock that all processes share
 */
public record Event(long process, Type type, String f, String key, JsonNode value, long timeNanos) {

  /** The kinds of line. */
  public enum Type {
    /** Was asked. */
    INVOKE,
    /** Happened. */
    OK,
    /** Had no effect. */
    FAIL,
    /** May take effect at any later time, or never. */
    INFO
  }
}
