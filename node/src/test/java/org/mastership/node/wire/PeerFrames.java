package org.mastership.node.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Mastership;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Ranking;
import org.mastership.core.Run;
import org.mastership.core.Stamp;

/** Messages between servers, of every kind, with the bytes of their entries. */
final class PeerFrames {
  private static final long HIGHEST_ROUND = Long.MAX_VALUE >>> 8;
  private static final Epoch FIRST = new Epoch(1, 1);
  private static final int MOST_RUNS = 4;
  private static final int LONGEST_RUN = 5;

  private final int servers;
  private final long mostRounds;
  private final long mostEntries;

  private PeerFrames(int servers, long mostRounds, long mostEntries) {
    this.servers = servers;
    this.mostRounds = mostRounds;
    this.mostEntries = mostEntries;
  }

  /** All that the wire can carry. */
  static Arbitrary<PeerFrame> all() {
    return new PeerFrames(GroupConfiguration.MOST_SERVERS, HIGHEST_ROUND, Long.MAX_VALUE).frames();
  }

  /** Few rounds and entries, so that one message often fits another. */
  static Arbitrary<PeerFrame> ofAGroupOf(int servers) {
    return new PeerFrames(servers, 5, 12).frames();
  }

  private Arbitrary<PeerFrame> frames() {
    Arbitrary<Message> asks = Arbitraries.just(new Message.Ask());
    Arbitrary<Message> pings = anyLong().map(Message.Ping::new);
    Arbitrary<Message> pongs = anyLong().map(Message.Pong::new);
    Arbitrary<Message> ratings = sequences().map(Message.Rating::new);
    return Arbitraries.oneOf(
        List.of(
            plain(ofTenure()),
            plain(ofElection()),
            plain(ofLog()),
            entries(),
            plain(Arbitraries.oneOf(List.of(asks, pings, pongs, ratings)))));
  }

  private static Arbitrary<PeerFrame> plain(Arbitrary<Message> messages) {
    return messages.map(message -> new PeerFrame(message, List.of()));
  }

  private Arbitrary<Message> ofTenure() {
    Arbitrary<Message> inquiries =
        Combinators.combine(
                Combinators.combine(tenures(), stamps(), rankings()).as(Message.Declare::new),
                anyLong(),
                sequences(),
                positions(),
                sequences(),
                anyLong(),
                delays(),
                delays().list().ofMaxSize(servers))
            .as(PeerFrames::inquiry);
    Arbitrary<Message> replies =
        Combinators.combine(
                tenures(),
                stamps(),
                anyLong(),
                Arbitraries.of(true, false),
                anyLong(),
                sequences(),
                delays(),
                rankings())
            .as(Message.Reply::new);
    Arbitrary<Message> declares =
        Combinators.combine(tenures(), stamps(), rankings()).as(Message.Declare::new);
    Arbitrary<Message> revokes =
        Combinators.combine(tenures(), stamps(), indexes(), indexes(), rankings())
            .as(Message.Revoke::new);
    return Arbitraries.oneOf(List.of(inquiries, replies, declares, revokes));
  }

  private static Message inquiry(
      Message.Declare declared,
      long sentNanos,
      long accepted,
      Position last,
      long executed,
      long digest,
      long electionDelay,
      List<Long> roundTrips) {
    return new Message.Inquiry(
        declared.epoch(),
        declared.stamp(),
        sentNanos,
        accepted,
        last,
        executed,
        digest,
        electionDelay,
        roundTrips);
  }

  private Arbitrary<Message> ofElection() {
    Arbitrary<Message> vouches =
        Combinators.combine(tenures(), rankings()).as(Mastership::new).map(Message.Vouch::new);
    Arbitrary<Message> claims = Combinators.combine(tenures(), stamps()).as(Message.Claim::new);
    Arbitrary<Message> grants =
        Combinators.combine(tenures(), stamps(), positions()).as(Message.Grant::new);
    Arbitrary<Message> refuses = tenuresOrNone().map(Message.Refuse::new);
    Arbitrary<Message> resigns = Combinators.combine(tenures(), indexes()).as(Message.Resign::new);
    return Arbitraries.oneOf(List.of(vouches, claims, grants, refuses, resigns));
  }

  private Arbitrary<Message> ofLog() {
    Arbitrary<Message> accepted =
        Combinators.combine(tenures(), sequences()).as(Message.Accepted::new);
    Arbitrary<Message> fences = Combinators.combine(tenures(), sequences()).as(Message.Fence::new);
    Arbitrary<Message> rejected =
        Combinators.combine(tenures(), positions()).as(Message.Rejected::new);
    Arbitrary<Message> fetches = Combinators.combine(tenures(), positions()).as(Message.Fetch::new);
    Arbitrary<Message> unfetched =
        Combinators.combine(tenures(), positions()).as(Message.Unfetched::new);
    return Arbitraries.oneOf(List.of(accepted, fences, rejected, fetches, unfetched));
  }

  private Arbitrary<PeerFrame> entries() {
    Arbitrary<List<Integer>> lengths =
        Arbitraries.integers().between(1, LONGEST_RUN).list().ofMinSize(1).ofMaxSize(MOST_RUNS);
    return Combinators.combine(
            tenures(), positions(), lengths, payload(), sequences(), Arbitraries.of(true, false))
        .as(PeerFrames::entries);
  }

  private static PeerFrame entries(
      Epoch epoch,
      Position origin,
      List<Integer> lengths,
      ByteString payload,
      long committed,
      boolean fetched) {
    Position before = new Position(origin.epoch(), origin.sequence() / 2);
    List<Run> runs = new ArrayList<>();
    List<ByteString> payloads = new ArrayList<>();
    long last = before.sequence();
    for (int length : lengths) {
      runs.add(new Run(Epoch.max(before.epoch(), FIRST), last + 1, last + length));
      last += length;
      for (int i = 0; i < length; i++) {
        payloads.add(payload.concat(ByteString.copyFromUtf8(String.valueOf(i))));
      }
    }
    Message message =
        fetched
            ? new Message.Fetched(epoch, before, runs)
            : new Message.Entries(epoch, before, runs, committed);
    return new PeerFrame(message, payloads);
  }

  private static Arbitrary<ByteString> payload() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(ByteString::copyFrom);
  }

  private Arbitrary<Epoch> tenures() {
    return Combinators.combine(
            Arbitraries.longs().between(1, mostRounds), Arbitraries.integers().between(1, servers))
        .as(Epoch::new);
  }

  private Arbitrary<Epoch> tenuresOrNone() {
    return tenures().optional(0.9).map(epoch -> epoch.orElse(Epoch.NONE));
  }

  private Arbitrary<Position> positions() {
    return Combinators.combine(tenuresOrNone(), sequences()).as(Position::new);
  }

  private Arbitrary<Stamp> stamps() {
    return Combinators.combine(sequences(), anyLong()).as(Stamp::new);
  }

  private Arbitrary<Ranking> rankings() {
    List<Integer> inOrder = IntStream.rangeClosed(1, servers).boxed().toList();
    Arbitrary<Ranking> shuffled = Arbitraries.shuffle(inOrder).map(Ranking::new);
    return Arbitraries.oneOf(List.of(shuffled, Arbitraries.just(Ranking.CONFIGURED)));
  }

  private Arbitrary<Integer> indexes() {
    return Arbitraries.integers().between(1, servers);
  }

  private Arbitrary<Long> sequences() {
    return Arbitraries.longs().between(0, mostEntries);
  }

  private static Arbitrary<Long> delays() {
    return Arbitraries.longs().between(0, 3_600_000_000_000L);
  }

  private static Arbitrary<Long> anyLong() {
    return Arbitraries.longs();
  }
}
