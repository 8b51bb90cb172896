package org.mastership.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server has given to its storage and what it holds back until that is stable.
 *
 * @param issued the last ticket given out
 * @param persisted the last ticket known to be on stable storage
 * @param epochTicket the ticket of the last stored epoch
 * @param stable the sequence up to which the log is on stable storage
 * @param appends the appends that are not stable yet, oldest first
 * @param held the messages that wait, oldest first
 */
public record Storage(
    long issued,
    long persisted,
    long epochTicket,
    long stable,
    List<Appending> appends,
    List<Held> held) {

  /** An append under way: when its ticket is persisted the log is stable up to {@code last}. */
  public record Appending(long ticket, long last) {}

  /** A message that waits for a ticket to be persisted. */
  public record Held(long ticket, int to, Message message) {}

  public Storage {
    appends = List.copyOf(appends);
    held = List.copyOf(held);
  }

  /** Of a server that starts with a log of this length. */
  static Storage recovered(long stable) {
    return new Storage(0, 0, 0, stable, List.of(), List.of());
  }

  /** Whether the highest epoch is on stable storage. */
  boolean epochIsStable() {
    return epochTicket <= persisted;
  }

  static long storeEpoch(Transition server, Epoch epoch) {
    Storage s = server.storage;
    long ticket = s.issued + 1;
    server.storage = new Storage(ticket, s.persisted, ticket, s.stable, s.appends, s.held);
    server.effect(new Effect.StoreEpoch(ticket, epoch));
    return ticket;
  }

  static void append(Transition server, Run run, Effect.Origin origin) {
    Storage s = server.storage;
    long ticket = s.issued + 1;
    server.log = server.log.append(run);
    List<Appending> appends = new ArrayList<>(s.appends);
    appends.add(new Appending(ticket, run.last()));
    server.storage = new Storage(ticket, s.persisted, s.epochTicket, s.stable, appends, s.held);
    server.effect(new Effect.Append(ticket, run, origin));
  }

  static void cut(Transition server, long after) {
    Storage s = server.storage;
    long ticket = s.issued + 1;
    long removed = server.log.lastSequence() - after;
    server.log = server.log.cut(after);
    List<Appending> appends = new ArrayList<>();
    for (Appending append : s.appends) {
      appends.add(new Appending(append.ticket, Math.min(append.last, after)));
    }
    long stable = Math.min(s.stable, after);
    server.storage = new Storage(ticket, s.persisted, s.epochTicket, stable, appends, s.held);
    server.effect(new Effect.Cut(ticket, after, removed));
  }

  /** Sends a message once all epochs granted or acknowledged so far are on stable storage. */
  static void sendWhenEpochIsStable(Transition server, int to, Message message) {
    Storage s = server.storage;
    if (s.epochIsStable()) {
      server.send(to, message);
      return;
    }
    List<Held> held = new ArrayList<>(s.held);
    held.add(new Held(s.epochTicket, to, message));
    server.storage = new Storage(s.issued, s.persisted, s.epochTicket, s.stable, s.appends, held);
  }

  static void onPersisted(Transition server, long ticket) {
    Storage s = server.storage;
    if (ticket > s.issued) {
      throw new IllegalArgumentException(
          "ticket " + ticket + " was persisted, but the last one issued is " + s.issued);
    }
    if (ticket <= s.persisted) {
      return;
    }
    long stable = s.stable;
    List<Appending> appends = new ArrayList<>();
    for (Appending append : s.appends) {
      if (append.ticket > ticket) {
        appends.add(append);
      } else {
        stable = Math.max(stable, append.last);
      }
    }
    List<Held> held = new ArrayList<>();
    List<Held> released = new ArrayList<>();
    for (Held message : s.held) {
      (message.ticket > ticket ? held : released).add(message);
    }
    server.storage = new Storage(s.issued, ticket, s.epochTicket, stable, appends, held);
    for (Held message : released) {
      server.send(message.to, message.message);
    }
    Election.onOwnGrantPersisted(server);
    if (stable > s.stable) {
      Replication.onStable(server);
    }
  }
}
