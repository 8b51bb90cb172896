package org.mastership.harness.benchmark;

import java.util.concurrent.TimeUnit;
import org.mastership.core.Effect;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Step;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps that a group takes all the time: detection of failures, and one request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreStepBenchmark {
  private static final int MASTER = 1;
  private static final int BACKUP = 2;

  @Param({"3", "5"})
  private int servers;

  private Protocol master;
  private Protocol backup;
  private org.mastership.core.State atMaster;
  private org.mastership.core.State atBackup;
  private org.mastership.core.State whileInquiring;
  private Input.Received inquiry;
  private Input.Received reply;
  private long now;
  private long inquiryAt;

  /** Brings a group to where its master serves. */
  @Setup
  public void serve() {
    ServingGroup group = new ServingGroup(servers);
    master = group.protocol(MASTER);
    backup = group.protocol(BACKUP);
    atMaster = group.state(MASTER);
    atBackup = group.state(BACKUP);
    now = group.now();
    if (!atMaster.servesReads()) {
      throw new IllegalStateException("server 1 does not serve: " + atMaster);
    }
    inquiryAt = Math.max(now, backup.deadline(atBackup).atNanos());
    Step inquiring = backup.step(atBackup, new Input.Tick(), inquiryAt);
    whileInquiring = inquiring.state();
    inquiry = new Input.Received(BACKUP, ServingGroup.sent(inquiring, Message.Inquiry.class));
    Step replying = master.step(atMaster, inquiry, inquiryAt);
    reply = new Input.Received(MASTER, ServingGroup.sent(replying, Message.Reply.class));
  }

  /** One step: a back-up's timer makes it inquire. */
  @Benchmark
  public Step backupInquires() {
    return backup.step(atBackup, new Input.Tick(), inquiryAt);
  }

  /** One step: the master replies. */
  @Benchmark
  public Step masterReplies() {
    return master.step(atMaster, inquiry, inquiryAt);
  }

  /** One step: the back-up has the reply. */
  @Benchmark
  public Step backupHasReply() {
    return backup.step(whileInquiring, reply, inquiryAt);
  }

  /**
   * A master's steps for one request: admitted, persisted, accepted by each back-up, executed. So
   * it takes {@code servers + 2} steps.
   */
  @Benchmark
  public org.mastership.core.State masterServesRequest() {
    Step admitted = master.step(atMaster, new Input.Admit(1), now);
    long ticket = 0;
    for (Effect effect : admitted.effects()) {
      if (effect instanceof Effect.Append append) {
        ticket = append.ticket();
      }
    }
    org.mastership.core.State state = admitted.state();
    long sequence = state.log().lastSequence();
    state = master.step(state, new Input.Persisted(ticket), now).state();
    Message accepted = new Message.Accepted(state.mastership().epoch(), sequence);
    for (int peer = 1; peer <= servers; peer++) {
      if (peer != MASTER) {
        state = master.step(state, new Input.Received(peer, accepted), now).state();
      }
    }
    atMaster = master.step(state, new Input.Executed(sequence, 0), now).state();
    return atMaster;
  }
}
