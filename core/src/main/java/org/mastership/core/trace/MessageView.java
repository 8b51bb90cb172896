package org.mastership.core.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Ranking;
import org.mastership.core.Run;
import org.mastership.core.Stamp;

/** Messages as records of the specification: without stamps, but for what a rule compares. */
public final class MessageView implements Message.Visitor<Map<String, Object>> {
  private static final MessageView VIEW = new MessageView();

  private MessageView() {}

  /** The record of a message. */
  public static Map<String, Object> of(Message message) {
    return message.accept(VIEW);
  }

  /** An epoch as a pair. */
  public static List<Object> epoch(Epoch epoch) {
    return List.of(epoch.round(), epoch.number());
  }

  /** A position as a pair of an epoch and a sequence. */
  public static List<Object> position(Position position) {
    return List.of(epoch(position.epoch()), position.sequence());
  }

  /** Entries as the sequence of their epochs. */
  public static List<Object> entries(Iterable<Run> runs) {
    List<Object> entries = new ArrayList<>();
    for (Run run : runs) {
      for (long sequence = run.first(); sequence <= run.last(); sequence++) {
        entries.add(epoch(run.epoch()));
      }
    }
    return entries;
  }

  /** A ranking as the sequence of indexes; empty for the configured ones. */
  public static List<Object> ranking(Ranking ranking) {
    return List.copyOf(ranking.indexes());
  }

  @Override
  public Map<String, Object> inquiry(Message.Inquiry message) {
    return Tla.fields(
        "type",
        "Inquiry",
        "epoch",
        epoch(message.epoch()),
        "echo",
        !message.echo().equals(Stamp.NONE),
        "accepted",
        message.accepted(),
        "last",
        position(message.last()));
  }

  @Override
  public Map<String, Object> reply(Message.Reply message) {
    return Tla.fields(
        "type",
        "Reply",
        "epoch",
        epoch(message.epoch()),
        "valid",
        message.leaseValid(),
        "committed",
        message.committed(),
        "ranking",
        ranking(message.ranking()));
  }

  @Override
  public Map<String, Object> ask(Message.Ask message) {
    return Tla.fields("type", "Ask");
  }

  @Override
  public Map<String, Object> declare(Message.Declare message) {
    return Tla.fields(
        "type", "Declare", "epoch", epoch(message.epoch()), "ranking", ranking(message.ranking()));
  }

  @Override
  public Map<String, Object> revoke(Message.Revoke message) {
    return Tla.fields(
        "type",
        "Revoke",
        "epoch",
        epoch(message.epoch()),
        "revoked",
        message.revokedIndex(),
        "ranking",
        ranking(message.ranking()));
  }

  @Override
  public Map<String, Object> vouch(Message.Vouch message) {
    return Tla.fields(
        "type",
        "Vouch",
        "epoch",
        epoch(message.mastership().epoch()),
        "ranking",
        ranking(message.mastership().ranking()));
  }

  @Override
  public Map<String, Object> claim(Message.Claim message) {
    return Tla.fields(
        "type", "Claim", "epoch", epoch(message.epoch()), "inc", message.stamp().incarnation());
  }

  @Override
  public Map<String, Object> grant(Message.Grant message) {
    return Tla.fields(
        "type",
        "Grant",
        "epoch",
        epoch(message.epoch()),
        "inc",
        message.stamp().incarnation(),
        "last",
        position(message.last()));
  }

  @Override
  public Map<String, Object> refuse(Message.Refuse message) {
    return Tla.fields("type", "Refuse", "highest", epoch(message.highest()));
  }

  @Override
  public Map<String, Object> entries(Message.Entries message) {
    return Tla.fields(
        "type",
        "Entries",
        "epoch",
        epoch(message.epoch()),
        "before",
        position(message.before()),
        "entries",
        entries(message.runs()),
        "committed",
        message.committed());
  }

  @Override
  public Map<String, Object> accepted(Message.Accepted message) {
    return Tla.fields(
        "type", "Accepted", "epoch", epoch(message.epoch()), "sequence", message.sequence());
  }

  @Override
  public Map<String, Object> rejected(Message.Rejected message) {
    return Tla.fields(
        "type", "Rejected", "epoch", epoch(message.epoch()), "floor", position(message.floor()));
  }

  @Override
  public Map<String, Object> fence(Message.Fence message) {
    return Tla.fields("type", "Fence", "epoch", epoch(message.epoch()));
  }

  @Override
  public Map<String, Object> fetch(Message.Fetch message) {
    return Tla.fields(
        "type", "Fetch", "epoch", epoch(message.epoch()), "after", position(message.after()));
  }

  @Override
  public Map<String, Object> fetched(Message.Fetched message) {
    return Tla.fields(
        "type",
        "Fetched",
        "epoch",
        epoch(message.epoch()),
        "before",
        position(message.before()),
        "entries",
        entries(message.runs()));
  }

  @Override
  public Map<String, Object> unfetched(Message.Unfetched message) {
    return Tla.fields(
        "type", "Unfetched", "epoch", epoch(message.epoch()), "floor", position(message.floor()));
  }

  @Override
  public Map<String, Object> resign(Message.Resign message) {
    return Tla.fields(
        "type", "Resign", "epoch", epoch(message.epoch()), "target", message.target());
  }

  @Override
  public Map<String, Object> ping(Message.Ping message) {
    return Tla.fields("type", "Ping");
  }

  @Override
  public Map<String, Object> pong(Message.Pong message) {
    return Tla.fields("type", "Pong");
  }

  @Override
  public Map<String, Object> rating(Message.Rating message) {
    return Tla.fields("type", "Rating", "rating", message.rating());
  }
}
