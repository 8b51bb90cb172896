package org.mastership.node.client;

/**
 * One session with the group, and the numbers of its requests that are under way. They are kept
 * within the window, because a server remembers only so many results that were not confirmed.
 */
final class ClientSession {
  private final boolean[] underWay;
  private long id;
  private long next = 1;
  private long lowest = 1;

  ClientSession(int window) {
    underWay = new boolean[window];
  }

  boolean isOpen() {
    return id != 0;
  }

  void opened(long session) {
    id = session;
  }

  long id() {
    return id;
  }

  boolean hasRoom() {
    return next - lowest < underWay.length;
  }

  /** The number of the next request. */
  long number() {
    underWay[place(next)] = true;
    return next++;
  }

  /** The client has the result of a request, or does not want it any more. */
  void finish(long number) {
    underWay[place(number)] = false;
    while (lowest < next && !underWay[place(lowest)]) {
      lowest++;
    }
  }

  /** All numbers below it are finished. */
  long lowest() {
    return lowest;
  }

  private int place(long number) {
    return (int) (number % underWay.length);
  }
}
