/**
 * The protocol of a server group as a pure state machine: who is master, who takes over, what is
 * committed. It does no I/O, reads no clock, starts no thread and holds no payload, so that the
 * same inputs at the same times have the same outcome wherever they are run.
 *
 * <p>{@link org.mastership.core.Protocol} is the entry point, a function from a {@link
 * org.mastership.core.State} and an {@link org.mastership.core.Input} at a time to a {@link
 * org.mastership.core.Step}: the next state and its {@link org.mastership.core.Effect effects}.
 * {@link org.mastership.core.Rule} lists the rules that a step can apply.
 *
 * <h2>The loop</h2>
 *
 * <p>One thread owns a server. For each input it does three things:
 *
 * <pre>{@code
 * State state = protocol.start(recovered, clock.nanos());
 * while (running) {
 *   Input input = nextInputOr(new Input.Tick(), protocol.deadline(state).atNanos());
 *
 *   Step step = protocol.step(state, input, clock.nanos());   // 1. step, at the time it is now
 *   state = published = step.state();                         // 2. publish the state
 *   for (Effect effect : step.effects()) {                    // 3. carry out the effects
 *     effect.handle(driver);
 *   }
 * }
 * }</pre>
 *
 * <h2>The caller's duties</h2>
 *
 * <dl>
 *   <dt>The clock
 *   <dd>Read it for each step, after the input was taken, never before: the first thing that a step
 *       does is to compare it with the lease, and a process that was paused in between must see
 *       that. It must not fall, must not stand still while the process or the machine does, and its
 *       rate may be off by {@link org.mastership.core.Timing#clockDriftPpm} at most. Only its own
 *       server reads it; clocks of different servers need not agree.
 *   <dt>Publish, then act
 *   <dd>Other threads ask the newest state whether this server {@linkplain
 *       org.mastership.core.State#isMaster is master}. So a state is published before its effects
 *       are carried out: nobody may learn that this server has granted another while it is still
 *       seen as master. Whoever asks reads the state first and the clock after it.
 *   <dt>Effects
 *   <dd>In their order. Messages to one server are sent in the order of their effects. One whose
 *       connection is gone is dropped; core repeats what matters.
 *   <dt>Storage
 *   <dd>{@link org.mastership.core.Effect.StoreEpoch}, {@link org.mastership.core.Effect.Append}
 *       and {@link org.mastership.core.Effect.Cut} bear tickets that grow by one. They reach the
 *       disk in that order, at leisure and any number together; then {@link
 *       org.mastership.core.Input.Persisted} is given with the last ticket that, with all before
 *       it, would survive a loss of power. Core holds back what must wait for it. A disk that fails
 *       acknowledges nothing more.
 *   <dt>Start
 *   <dd>{@link org.mastership.core.Recovered} is what the disk holds, however much of what was
 *       never acknowledged is missing. The incarnation is above that of each earlier start, and
 *       stored before this one.
 *   <dt>Ticks
 *   <dd>{@link org.mastership.core.Protocol#deadline} says when the next is due, and why. Ask again
 *       after each step. An early tick does no harm; a late one delays what is due, no more.
 *   <dt>Connections
 *   <dd>{@link org.mastership.core.Input.Connected} means that what is sent to a server from now on
 *       is handed to it as long as both live; {@link org.mastership.core.Input.Disconnected} that
 *       it is not. Dial again at once. {@link org.mastership.core.Input.Refused} is for a refusal
 *       by that very host, and for nothing else.
 *   <dt>Messages
 *   <dd>{@link org.mastership.core.Input.Received} names the server that sent it, which the caller
 *       has made sure of. Messages may be lost, late, repeated or out of order. {@link
 *       org.mastership.core.Message.Entries} and {@link org.mastership.core.Message.Fetched} name
 *       entries; who sends them attaches the bytes, and who receives them has them at hand for the
 *       {@link org.mastership.core.Effect.Append} of that very step.
 *   <dt>Name server
 *   <dd>Where there is one, a master registers its epoch there after {@link
 *       org.mastership.core.Effect.Change#GAINED}, in the place of a lower one only. It looks again
 *       from time to time; what it finds is {@link org.mastership.core.Input.Registered}.
 *   <dt>Snapshots
 *   <dd>A caller may keep a snapshot of its service in the place of the bytes of executed entries.
 *       It gives {@link org.mastership.core.Input.Compacted} before it drops them, and after each
 *       start for the snapshot that it finds. {@link org.mastership.core.Message.Entries} and
 *       {@link org.mastership.core.Message.Fetched} that begin at or below {@link
 *       org.mastership.core.State#floor} end there: who sends them attaches that snapshot, and who
 *       receives them has it stored with the {@link org.mastership.core.Effect.Append} of that
 *       step, in the place of the log's bytes, and gives {@link
 *       org.mastership.core.Input.Compacted} itself. The message may be asked for again while the
 *       snapshot is on its way; {@link org.mastership.core.Input.Arriving} keeps a new master from
 *       giving up who sends it. {@link org.mastership.core.Effect.Execute} up to an entry below the
 *       snapshot's end is then left undone until one up to its end or beyond.
 *   <dt>Requests
 *   <dd>{@link org.mastership.core.Input.Admit} only while {@link
 *       org.mastership.core.State#admitsRequests}; it gives the requests positions in their order.
 *       {@link org.mastership.core.Effect.Execute} is carried out in the order of the log and
 *       answered by {@link org.mastership.core.Input.Executed}; what was executed before an {@link
 *       org.mastership.core.Effect.Rewind} is not reported after it. A result is withheld until
 *       {@link org.mastership.core.Effect.Answer} names its entry, which only the tenure that
 *       admitted it does. A read is evaluated while {@link org.mastership.core.State#servesReads}
 *       and withheld until {@link org.mastership.core.Effect.AnswerReads}.
 *   <dt>Errors
 *   <dd>{@link java.lang.IllegalArgumentException} is the caller's error: the input was none, the
 *       state is as it was. {@link java.lang.IllegalStateException} means that an invariant would
 *       break: the server must stop and be looked into.
 * </dl>
 *
 * <h2>Election without replication</h2>
 *
 * <p>A product that needs a mastership only takes {@link
 * org.mastership.core.GroupConfiguration.Limits#ELECTION_ONLY}. Its masters keep no log: {@code
 * Send}, {@code StoreEpoch} and {@code Report} are all the effects that there are, {@code Tick},
 * {@code Received}, {@code Persisted} and those of connections all the inputs. It stores one epoch
 * and a count of its starts, recovers with {@link org.mastership.core.Log#EMPTY}, asks {@link
 * org.mastership.core.State#isMaster} before each thing that only a master may do, and hands {@link
 * org.mastership.core.Epoch#token} to whatever it does it to, which refuses a lower one. {@code
 * ElectionOnly} among the tests is such a product.
 *
 * <h2>A failover</h2>
 *
 * <p>Three servers under {@link org.mastership.core.Guarantee#QUORUM}; server 1 is master in epoch
 * 1.1, and is killed. What server 2 is given, what it does, and why:
 *
 * <pre>
 * Refused 1          WAIT           its host refuses: not functional. The election timer starts
 * Tick               CLAIM          nobody was heard in D(1): Claim 2.2 to server 3, which
 *                                   keeps it, since it has promised to grant only server 1
 * Tick               CLAIM          the promises end: Claim 2.2 again, with a fresh stamp
 * Received Grant     GRANT_ITSELF   server 3 has stored its grant; with the own one that is
 *                                   a majority: StoreEpoch 2.2
 * Persisted          BECOME_MASTER  Report GAINED; Declare 2.2 to server 3
 *                    OPEN_TENURE    no grant had a better log: Append the first entry of 2.2
 * Received Inquiry   RENEW_LEASE    server 3 follows; its echo moves the lease
 * Received Accepted  COMMIT         a majority has the first entry: Execute it
 * Admit 1            ADMIT          Append and Entries
 * Received Accepted  COMMIT         Execute
 * Executed           ANSWER         Answer: the client may be told
 * </pre>
 *
 * <p>The traces in {@code src/test/resources/traces} show this and each other rule in full.
 */
@NullMarked
package org.mastership.core;

import org.jspecify.annotations.NullMarked;
