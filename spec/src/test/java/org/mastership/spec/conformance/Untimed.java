package org.mastership.spec.conformance;

import java.util.List;
import org.mastership.core.Message;
import org.mastership.core.Stamp;

/** Messages with their stamps replaced: at rest by one that is always the same. */
record Untimed(long stampNanos, long incarnation, long sentNanos)
    implements Message.Visitor<Message> {
  static final Untimed AT_REST = new Untimed(1, 1, 0);

  private static Stamp some(Stamp stamp) {
    return stamp.equals(Stamp.NONE) ? Stamp.NONE : new Stamp(1, 1);
  }

  /** A stamp of the receiver's that comes back. */
  private Stamp echoed(Stamp stamp) {
    return stamp.equals(Stamp.NONE) ? Stamp.NONE : new Stamp(incarnation, stampNanos);
  }

  /** A stamp whose incarnation is compared. */
  private Stamp retimed(Stamp stamp) {
    return new Stamp(stamp.incarnation(), stampNanos);
  }

  @Override
  public Message inquiry(Message.Inquiry message) {
    return new Message.Inquiry(
        message.epoch(),
        echoed(message.echo()),
        0,
        message.accepted(),
        message.last(),
        0,
        0,
        0,
        List.of());
  }

  @Override
  public Message reply(Message.Reply message) {
    return new Message.Reply(
        message.epoch(),
        some(message.stamp()),
        sentNanos,
        message.leaseValid(),
        1,
        message.committed(),
        0,
        message.ranking());
  }

  @Override
  public Message ask(Message.Ask message) {
    return message;
  }

  @Override
  public Message declare(Message.Declare message) {
    return new Message.Declare(message.epoch(), some(message.stamp()), message.ranking());
  }

  @Override
  public Message revoke(Message.Revoke message) {
    return new Message.Revoke(
        message.epoch(),
        some(message.stamp()),
        message.revokedIndex(),
        message.index(),
        message.ranking());
  }

  @Override
  public Message vouch(Message.Vouch message) {
    return message;
  }

  @Override
  public Message claim(Message.Claim message) {
    return new Message.Claim(message.epoch(), retimed(message.stamp()));
  }

  @Override
  public Message grant(Message.Grant message) {
    return new Message.Grant(message.epoch(), retimed(message.stamp()), message.last());
  }

  @Override
  public Message refuse(Message.Refuse message) {
    return message;
  }

  @Override
  public Message entries(Message.Entries message) {
    return message;
  }

  @Override
  public Message accepted(Message.Accepted message) {
    return message;
  }

  @Override
  public Message rejected(Message.Rejected message) {
    return message;
  }

  @Override
  public Message fence(Message.Fence message) {
    return message;
  }

  @Override
  public Message fetch(Message.Fetch message) {
    return message;
  }

  @Override
  public Message fetched(Message.Fetched message) {
    return message;
  }

  @Override
  public Message unfetched(Message.Unfetched message) {
    return message;
  }

  @Override
  public Message resign(Message.Resign message) {
    return message;
  }

  @Override
  public Message ping(Message.Ping message) {
    return message;
  }

  @Override
  public Message pong(Message.Pong message) {
    return message;
  }

  @Override
  public Message rating(Message.Rating message) {
    return message;
  }
}
