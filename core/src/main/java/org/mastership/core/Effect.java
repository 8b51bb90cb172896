package org.mastership.core;

/**
 * What the caller is to do after a step, in the order given. Storage may be batched and may finish
 * later than other effects; core holds back what must wait for it.
 */
public sealed interface Effect {

  /** Calls the handler's method for this effect. */
  void handle(Handler handler);

  /** What a caller does for each effect; the compiler sees to it that none is forgotten. */
  interface Handler {
    /** Carries out a {@link Send}. */
    void send(Send effect);

    /** Carries out a {@link StoreEpoch}. */
    void storeEpoch(StoreEpoch effect);

    /** Carries out a {@link Append}. */
    void append(Append effect);

    /** Carries out a {@link Cut}. */
    void cut(Cut effect);

    /** Carries out a {@link Execute}. */
    void execute(Execute effect);

    /** Carries out a {@link Rewind}. */
    void rewind(Rewind effect);

    /** Carries out a {@link Answer}. */
    void answer(Answer effect);

    /** Carries out a {@link AnswerReads}. */
    void answerReads(AnswerReads effect);

    /** Carries out a {@link Stop}. */
    void stop(Stop effect);

    /** Carries out a {@link Report}. */
    void report(Report effect);
  }

  /** Where the bytes of appended entries come from. */
  enum Origin {
    /** The requests of the {@link Input.Admit} that this step was given, in their order. */
    REQUESTS,
    /** The message that this step was given. */
    MESSAGE,
    /** The first entry of a tenure, which is empty. */
    TENURE
  }

  /**
   * Send a message to another server. If its connection is gone by now the message is dropped.
   *
   * @param to the other server's number
   * @param message what to say
   */
  record Send(int to, Message message) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.send(this);
    }
  }

  /**
   * Store the highest epoch that was granted or acknowledged.
   *
   * @param ticket names this write in {@link Input.Persisted}; tickets grow by one
   * @param epoch what to store
   */
  record StoreEpoch(long ticket, Epoch epoch) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.storeEpoch(this);
    }
  }

  /**
   * Append entries to the stored log.
   *
   * @param ticket names this write in {@link Input.Persisted}
   * @param run the entries' places
   * @param origin where their bytes come from
   */
  record Append(long ticket, Run run, Origin origin) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.append(this);
    }
  }

  /**
   * Remove the stored entries after a sequence.
   *
   * @param ticket names this write in {@link Input.Persisted}
   * @param after the sequence of the last entry that stays
   * @param removed how many entries are removed
   */
  record Cut(long ticket, long after, long removed) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.cut(this);
    }
  }

  /**
   * Execute the committed entries up to a sequence, in order, then give {@link Input.Executed}.
   *
   * @param sequence of the last entry to execute
   */
  record Execute(long sequence) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.execute(this);
    }
  }

  /**
   * Only under {@link Guarantee#TIMED}: executed entries were discarded after a partition healed.
   * Bring the service back to its state before any entry; {@link Execute} follows.
   */
  record Rewind() implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.rewind(this);
    }
  }

  /**
   * The results of the own tenure's entries up to a sequence may be sent to their clients.
   *
   * @param sequence of the last entry whose result may be sent
   */
  record Answer(long sequence) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.answer(this);
    }
  }

  /**
   * The reads evaluated in this tenure may be answered.
   *
   * @param count up to which read, counted as in {@link Input.Queried}
   */
  record AnswerReads(long count) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.answerReads(this);
    }
  }

  /**
   * Stop this server for good and report it: its results differ from the master's.
   *
   * @param sequence up to which entry the results were compared
   */
  record Stop(long sequence) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.stop(this);
    }
  }

  /**
   * What this server knows of the mastership has changed.
   *
   * @param change what kind of change
   * @param mastership the mastership it is about
   * @param reason why
   */
  record Report(Change change, Mastership mastership, Reason reason) implements Effect {
    @Override
    public void handle(Handler handler) {
      handler.report(this);
    }
  }

  /** The kinds of change of a mastership, as one server sees them. */
  enum Change {
    /** This server has become master. */
    GAINED,
    /** This server's lease has lapsed: it is not master until it is renewed. */
    UNSURE,
    /** This server's lease is valid again. */
    SURE,
    /** This server is no longer master. Every {@link #GAINED} is closed by one of these. */
    LOST,
    /** This server holds its master for not functional. */
    SUSPECTED,
    /** This server follows another master. */
    FOLLOWING
  }

  /** Why a mastership changed. */
  enum Reason {
    /** The election timer ran out with no word from another server (R3). */
    ELECTED,
    /** The master's own inquiry of a higher granted epoch: it claimed again above it (R9). */
    RECLAIMED,
    /** The other master's index is greater, so it was revoked (R6). */
    REVOKED_OTHER,
    /** An inquiry had no reply within the time-out (R1). */
    NO_REPLY,
    /** The master's host refused the connection (R1). */
    REFUSED,
    /** The server that was taken for the master says that it is none. */
    DISOWNED,
    /** No master was heard of since the start (R12). */
    START,
    /** A master declared itself by a first message (R5). */
    DECLARED,
    /** A master revoked another by a second message (R6). */
    REVOKED,
    /** Another server vouched for the master, or the master itself replied late (R2). */
    VOUCHED,
    /** Entries of a master arrived before its declaration. */
    ENTRIES,
    /** The name server has a mastership of a higher epoch (R8, R13). */
    REGISTERED,
    /** No majority's echoes were fresh enough (R7). */
    LEASE_LAPSED,
    /** A majority's echoes renewed the lease (R7). */
    LEASE_RENEWED,
    /** The master ended its tenure in good order (R10). */
    RESIGNED,
    /** The master before handed its mastership over to this server (R10). */
    HANDED_OVER,
    /** This server granted another while its lease had lapsed (R7). */
    GRANTED_OTHER,
    /** The master's servers rank otherwise than in its tenure, so it began another. */
    RERANKED,
    /** The log could not be brought up to date within the time-out. */
    CATCH_UP_FAILED
  }
}
