package org.mastership.core;

/** What can happen to a server. Time is not part of an input: it comes with the step. */
public sealed interface Input {

  /** Dispatches this input to its rule. */
  void apply(Transition server);

  /**
   * A message arrived.
   *
   * @param from the number of the server that sent it
   * @param message what it says
   */
  record Received(int from, Message message) implements Input {
    @Override
    public void apply(Transition server) {
      server.requirePeer(from);
      message.deliver(server, from);
    }
  }

  /** The deadline that {@link Protocol#deadline} named has passed. An early one does no harm. */
  record Tick() implements Input {
    @Override
    public void apply(Transition server) {
      Timers.expire(server);
    }
  }

  /**
   * A connection to another server is up: what is sent to it from now on is handed to it.
   *
   * @param peer the other server's number
   */
  record Connected(int peer) implements Input {
    @Override
    public void apply(Transition server) {
      Detection.onConnected(server, peer);
    }
  }

  /**
   * The connection to another server is lost; the caller tries to connect again at once.
   *
   * @param peer the other server's number
   */
  record Disconnected(int peer) implements Input {
    @Override
    public void apply(Transition server) {
      Detection.onDisconnected(server, peer);
    }
  }

  /**
   * The other server's host refused a connection: nobody listens there (R1). Only a refusal by that
   * very host may be given here.
   *
   * @param peer the other server's number
   */
  record Refused(int peer) implements Input {
    @Override
    public void apply(Transition server) {
      Detection.onRefused(server, peer);
    }
  }

  /**
   * Everything that was to be stored under this ticket and lower ones is on stable storage.
   *
   * @param ticket of a {@link Effect.StoreEpoch}, {@link Effect.Append} or {@link Effect.Cut}
   */
  record Persisted(long ticket) implements Input {
    @Override
    public void apply(Transition server) {
      Storage.onPersisted(server, ticket);
    }
  }

  /**
   * Clients' requests arrived together. Only to be given while {@link State#admitsRequests()}.
   *
   * @param count how many, 1 or more
   */
  record Admit(int count) implements Input {
    @Override
    public void apply(Transition server) {
      Requests.onAdmit(server, count);
    }
  }

  /**
   * The service has executed the entries up to a sequence. What was executed before a {@link
   * Effect.Rewind} is not to be given after it.
   *
   * @param sequence of the last executed entry
   * @param digest of all results up to it, the same on every server whose results are the same
   */
  record Executed(long sequence, long digest) implements Input {
    @Override
    public void apply(Transition server) {
      Requests.onExecuted(server, sequence, digest);
    }
  }

  /**
   * This master's digest at a sequence differs from the one that a back-up sent in an inquiry.
   *
   * @param peer the back-up's number
   * @param sequence up to which entry the digests were compared
   */
  record Diverged(int peer, long sequence) implements Input {
    @Override
    public void apply(Transition server) {
      Requests.onDiverged(server, peer, sequence);
    }
  }

  /**
   * The master is to hand over in good order (R10). Nothing comes of it where this server is not
   * master, or can not reach the target; {@link Tenure#handOver} says so.
   *
   * @param target the number of the server that is to be master, 0 for the one that has most of the
   *     log
   */
  record Resign(int target) implements Input {
    @Override
    public void apply(Transition server) {
      HandOver.onResign(server, target);
    }
  }

  /**
   * Clients' reads were evaluated on this server's state, all of them after they arrived and after
   * {@link State#servesReads()} was found true. The caller counts the reads of a tenure.
   *
   * @param count how many reads have been evaluated since this server's tenure began
   */
  record Queried(long count) implements Input {
    @Override
    public void apply(Transition server) {
      Requests.onQueried(server, count);
    }
  }

  /**
   * The name server was looked at (R13). A master gives this again and again; whoever gives it may
   * give it at any time.
   *
   * @param epoch of the mastership that is registered there
   */
  record Registered(Epoch epoch) implements Input {
    @Override
    public void apply(Transition server) {
      Declaration.onRegistered(server, epoch);
    }
  }

  /**
   * The bytes of the entries up to a sequence are gone, or are about to be: from now on a snapshot
   * stands for all of them. To be given after a start, too, where storage has a snapshot.
   *
   * @param sequence of the last entry that the snapshot stands for; the log has it. What was given
   *     before is not taken back by a lower one
   */
  record Compacted(long sequence) implements Input {
    @Override
    public void apply(Transition server) {
      Compaction.onCompacted(server, sequence);
    }
  }

  /**
   * Parts of a snapshot arrive from a server that this one fetches from: it is not given up while
   * they do.
   *
   * @param peer the other server's number
   */
  record Arriving(int peer) implements Input {
    @Override
    public void apply(Transition server) {
      server.requirePeer(peer);
      CatchUp.onArriving(server, peer);
    }
  }

  /**
   * This server was rated, or rated anew: by its computational power, its bandwidth, or whatever
   * all servers are rated by (claims 20, 21). A rating is lost with a crash.
   *
   * @param rating the greater, the more preferred; 0 or more, 0 for unknown
   * @see State#ratings
   */
  record Rated(long rating) implements Input {
    @Override
    public void apply(Transition server) {
      Preference.onRated(server, rating);
    }
  }

  /**
   * A master whose servers rank otherwise than in its tenure is to begin another one, with the
   * ranking that follows from what it knows by now. Nothing comes of it elsewhere. Under {@link
   * Guarantee#QUORUM} the server is not master until a majority has granted the new epoch.
   */
  record Rerank() implements Input {
    @Override
    public void apply(Transition server) {
      Preference.onRerank(server);
    }
  }
}
