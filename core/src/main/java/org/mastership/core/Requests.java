package org.mastership.core;

/** Requests: clients' requests are given positions; results are answered while master. */
final class Requests {
  private Requests() {}

  /** Gives requests the next positions of the log and sends them to every back-up (claim 1). */
  static void onAdmit(Transition server, int count) {
    Tenure tenure = server.tenure;
    if (tenure == null || !tenure.catchUp().done() || tenure.handOver().begun() || count < 1) {
      throw new IllegalArgumentException(
          "server " + server.self + " does not admit " + count + " requests as " + server.role);
    }
    server.applied(Rule.ADMIT);
    long first = server.log.lastSequence() + 1;
    Run run = new Run(server.mastership.epoch(), first, first + count - 1);
    Storage.append(server, run, Effect.Origin.REQUESTS);
    for (int peer = 1; peer <= server.group.size(); peer++) {
      if (peer != server.self) {
        Replication.send(server, peer);
      }
    }
  }

  static void onExecuted(Transition server, long sequence, long digest) {
    if (sequence > server.committed) {
      throw new IllegalArgumentException(
          "entry " + sequence + " was executed, but only " + server.committed + " are committed");
    }
    if (sequence > server.executed) {
      server.executed = sequence;
      server.digest = digest;
    }
    answer(server);
  }

  /** A back-up whose results differ from the master's is told to stop. */
  static void onDiverged(Transition server, int peer, long sequence) {
    server.requirePeer(peer);
    if (server.tenure != null) {
      server.applied(Rule.FENCE);
      server.send(peer, new Message.Fence(server.mastership.epoch(), sequence));
    }
  }

  static void onFence(Transition server, int from, Message.Fence fence) {
    boolean ofItsMaster =
        server.role == Role.BACKUP
            && from == server.mastership.master()
            && fence.epoch().equals(server.mastership.epoch());
    if (ofItsMaster) {
      server.applied(Rule.FENCE);
      server.effect(new Effect.Stop(fence.sequence()));
    }
  }

  static void onQueried(Transition server, long count) {
    Tenure tenure = server.tenure;
    if (tenure != null) {
      Tenure.Answers answers = tenure.answers();
      server.tenure = tenure.with(new Tenure.Answers(answers.sent(), count, answers.readsSent()));
      answer(server);
    }
  }

  /**
   * A master whose lease is not valid answers nothing, nor one whose tenure's first entry is not
   * executed; what was executed meanwhile is answered when the lease is renewed.
   */
  static void answer(Transition server) {
    Tenure tenure = server.tenure;
    if (tenure == null
        || !server.masterIsFunctional()
        || !tenure.catchUp().done()
        || server.executed < tenure.catchUp().first()) {
      return;
    }
    Tenure.Answers answers = tenure.answers();
    if (server.executed > answers.sent()) {
      server.applied(Rule.ANSWER);
      server.effect(new Effect.Answer(server.executed));
    }
    if (answers.queried() > answers.readsSent()) {
      server.applied(Rule.ANSWER);
      server.effect(new Effect.AnswerReads(answers.queried()));
    }
    long sent = Math.max(answers.sent(), server.executed);
    server.tenure = tenure.with(new Tenure.Answers(sent, answers.queried(), answers.queried()));
  }
}
