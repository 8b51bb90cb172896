package org.mastership.core;

import java.util.List;

/**
 * What servers of a group say to each other. A message names no sender: who sent it is part of
 * {@link Input.Received}. Entries travel here as positions only; who owns the bytes attaches them.
 */
public sealed interface Message {

  /** Dispatches a message that {@code from} sent to the rule that answers it. */
  void deliver(Transition server, int from);

  /** Calls the visitor's method for this message. */
  <R> R accept(Visitor<R> visitor);

  /** What someone makes of each message; the compiler sees to it that none is forgotten. */
  interface Visitor<R> {
    /** Of a {@link Inquiry}. */
    R inquiry(Inquiry message);

    /** Of a {@link Reply}. */
    R reply(Reply message);

    /** Of a {@link Ask}. */
    R ask(Ask message);

    /** Of a {@link Declare}. */
    R declare(Declare message);

    /** Of a {@link Revoke}. */
    R revoke(Revoke message);

    /** Of a {@link Vouch}. */
    R vouch(Vouch message);

    /** Of a {@link Claim}. */
    R claim(Claim message);

    /** Of a {@link Grant}. */
    R grant(Grant message);

    /** Of a {@link Refuse}. */
    R refuse(Refuse message);

    /** Of a {@link Entries}. */
    R entries(Entries message);

    /** Of a {@link Accepted}. */
    R accepted(Accepted message);

    /** Of a {@link Rejected}. */
    R rejected(Rejected message);

    /** Of a {@link Fence}. */
    R fence(Fence message);

    /** Of a {@link Fetch}. */
    R fetch(Fetch message);

    /** Of a {@link Fetched}. */
    R fetched(Fetched message);

    /** Of a {@link Unfetched}. */
    R unfetched(Unfetched message);

    /** Of a {@link Resign}. */
    R resign(Resign message);

    /** Of a {@link Ping}. */
    R ping(Ping message);

    /** Of a {@link Pong}. */
    R pong(Pong message);

    /** Of a {@link Rating}. */
    R rating(Rating message);
  }

  /**
   * "Are you functional?" from a back-up to its master, every detection period (R1; claims 4, 24).
   *
   * @param epoch the tenure the back-up follows
   * @param echo the master's clock as the back-up last heard it in this tenure, {@link Stamp#NONE}
   *     if it has not (R7)
   * @param sentNanos the back-up's own clock, brought back by the reply
   * @param accepted up to which sequence the back-up holds the master's log on stable storage
   * @param last the back-up's last position on stable storage
   * @param executed up to which sequence the back-up has executed
   * @param digest of the results up to {@code executed}, for the master to compare
   * @param electionDelayNanos the back-up's D(i) (R11); 0 where nothing is measured
   * @param roundTrips the back-up's measured round trips to each server (R11); empty where nothing
   *     is measured
   */
  record Inquiry(
      Epoch epoch,
      Stamp echo,
      long sentNanos,
      long accepted,
      Position last,
      long executed,
      long digest,
      long electionDelayNanos,
      List<Long> roundTrips)
      implements Message {
    public Inquiry {
      roundTrips = List.copyOf(roundTrips);
    }

    @Override
    public void deliver(Transition server, int from) {
      Detection.onInquiry(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.inquiry(this);
    }
  }

  /**
   * The master's answer to an inquiry (R1).
   *
   * @param epoch the master's tenure
   * @param stamp the master's clock
   * @param sentNanos the inquiry's {@code sentNanos}
   * @param leaseValid whether the master may act as one; always so under {@link Guarantee#TIMED}
   * @param inquireInNanos when the back-up is to inquire next, so that all do in one phase (R11)
   * @param committed the sequence up to which entries are committed
   * @param electionDelayNanos the D(i) that the back-up is to have (R11); 0 for the one it has
   * @param ranking the servers' indexes in this tenure (claims 19 to 21)
   */
  record Reply(
      Epoch epoch,
      Stamp stamp,
      long sentNanos,
      boolean leaseValid,
      long inquireInNanos,
      long committed,
      long electionDelayNanos,
      Ranking ranking)
      implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Detection.onReply(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reply(this);
    }
  }

  /** "Who is master?" from a server that has just started (R12). */
  record Ask() implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Declaration.onAsk(server, from);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ask(this);
    }
  }

  /**
   * The first message: the sender declares itself master (R5; claims 8, 15).
   *
   * @param epoch the sender's tenure
   * @param stamp the sender's clock, so that the first inquiry can renew the lease at once
   * @param ranking the servers' indexes in this tenure (claims 19 to 21)
   */
  record Declare(Epoch epoch, Stamp stamp, Ranking ranking) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Declaration.onDeclare(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.declare(this);
    }
  }

  /**
   * The second message: the sender won a comparison of two masters and revokes the other (R6; claim
   * 23).
   *
   * @param epoch the sender's new tenure
   * @param stamp the sender's clock
   * @param revokedIndex the index of the master that lost
   * @param index the sender's own index
   * @param ranking the servers' indexes in this tenure: those by which the two were compared
   */
  record Revoke(Epoch epoch, Stamp stamp, int revokedIndex, int index, Ranking ranking)
      implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Declaration.onRevoke(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.revoke(this);
    }
  }

  /** The sender stands by this mastership, its own or another server's (R4, R5). */
  record Vouch(Mastership mastership) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Declaration.onVouch(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.vouch(this);
    }
  }

  /**
   * The sender asks to be granted an epoch (R3).
   *
   * @param epoch the epoch, which bears the sender's number
   * @param stamp the sender's clock, which a grant echoes
   */
  record Claim(Epoch epoch, Stamp stamp) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Election.onClaim(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.claim(this);
    }
  }

  /**
   * The sender grants an epoch and promises to grant no other server for the length of a lease (R4,
   * R7).
   *
   * @param epoch the granted epoch
   * @param stamp the stamp of the claim
   * @param last the sender's last position
   */
  record Grant(Epoch epoch, Stamp stamp, Position last) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Election.onGrant(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.grant(this);
    }
  }

  /**
   * The sender can not follow what it was sent, because it has granted or acknowledged a higher
   * epoch whose master it does not know; or it is asked as a master and is none (R4, R9).
   *
   * @param highest the highest epoch that the sender has granted or acknowledged
   */
  record Refuse(Epoch highest) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Election.onRefuse(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.refuse(this);
    }
  }

  /**
   * Log entries from the master to a back-up.
   *
   * @param epoch the master's tenure
   * @param before the position before the first entry
   * @param runs the entries' places, consecutive from {@code before}; never empty
   * @param committed the sequence up to which entries are committed
   */
  record Entries(Epoch epoch, Position before, List<Run> runs, long committed) implements Message {
    public Entries {
      runs = Log.requireConsecutive(before, runs);
    }

    @Override
    public void deliver(Transition server, int from) {
      Replication.onEntries(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.entries(this);
    }
  }

  /**
   * The sender holds the master's log on stable storage.
   *
   * @param epoch the master's tenure
   * @param sequence up to which entry
   */
  record Accepted(Epoch epoch, long sequence) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Replication.onAccepted(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.accepted(this);
    }
  }

  /**
   * The sender's log does not contain the position before the entries it was sent.
   *
   * @param epoch the master's tenure
   * @param floor the last position of the sender's log that is not above the one it lacks
   */
  record Rejected(Epoch epoch, Position floor) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Replication.onRejected(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rejected(this);
    }
  }

  /**
   * The master found that the receiver's results differ from its own at the same position: the
   * service is not deterministic there, or memory is corrupt. The receiver must stop.
   *
   * @param epoch the master's tenure
   * @param sequence up to which entry the results were compared
   */
  record Fence(Epoch epoch, long sequence) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Requests.onFence(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.fence(this);
    }
  }

  /**
   * A new master asks the holder of the best position for what it lacks (catch-up).
   *
   * @param epoch the new master's tenure; the holder serves it only while it is its latest
   * @param after the position after which entries are wanted
   */
  record Fetch(Epoch epoch, Position after) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      CatchUp.onFetch(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.fetch(this);
    }
  }

  /**
   * Log entries from their holder to a new master.
   *
   * @param epoch the new master's tenure
   * @param before the position before the first entry
   * @param runs the entries' places; never empty
   */
  record Fetched(Epoch epoch, Position before, List<Run> runs) implements Message {
    public Fetched {
      runs = Log.requireConsecutive(before, runs);
    }

    @Override
    public void deliver(Transition server, int from) {
      CatchUp.onFetched(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.fetched(this);
    }
  }

  /**
   * The holder's log does not contain the position that was to be fetched after.
   *
   * @param epoch the new master's tenure
   * @param floor the last position of the holder's log that is not above the one it lacks
   */
  record Unfetched(Epoch epoch, Position floor) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      CatchUp.onUnfetched(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unfetched(this);
    }
  }

  /**
   * The sender has ended its tenure in good order: it is not master any more, and the target is to
   * claim at once (R10).
   *
   * @param epoch the tenure that has ended
   * @param target the number of the server that is to be master
   */
  record Resign(Epoch epoch, int target) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      HandOver.onResigned(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.resign(this);
    }
  }

  /**
   * Measures the round trip to the receiver (R11).
   *
   * @param sentNanos the sender's own clock, brought back by the answer
   */
  record Ping(long sentNanos) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Measurement.onPing(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ping(this);
    }
  }

  /**
   * The answer to a {@link Ping} (R11).
   *
   * @param sentNanos the ping's {@code sentNanos}
   */
  record Pong(long sentNanos) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Measurement.onPong(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.pong(this);
    }
  }

  /**
   * How the sender is rated, by which a new master ranks it (claims 20, 21).
   *
   * @param rating the greater, the more preferred; 0 or more
   */
  record Rating(long rating) implements Message {
    @Override
    public void deliver(Transition server, int from) {
      Preference.onRating(server, from, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rating(this);
    }
  }
}
