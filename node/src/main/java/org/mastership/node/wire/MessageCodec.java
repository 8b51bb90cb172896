package org.mastership.node.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.mastership.core.Epoch;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Mastership;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Ranking;
import org.mastership.core.Run;
import org.mastership.core.Stamp;

/** Between core's messages and their form on the wire. Bytes of entries are not copied. */
public final class MessageCodec {
  /** Far above what the bounds of a configuration allow. */
  private static final long MOST_DELAY_NANOS = 1_000L * 3_600 * 1_000_000_000;

  private MessageCodec() {}

  /** The message of a frame that came from another server. */
  public static PeerFrame decode(PeerMessage wire) throws MalformedMessageException {
    try {
      return new PeerFrame(message(wire), payloads(wire), bySnapshot(wire));
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException(
          "a message of kind " + wire.getBodyCase() + " is malformed: " + e.getMessage(), e);
    }
  }

  /** The part of a snapshot in a frame that came from another server. */
  public static SnapshotPart decode(WireSnapshotPart wire) throws MalformedMessageException {
    try {
      return new SnapshotPart(
          position(wire.getEnd()), wire.getLength(), wire.getOffset(), wire.getContent());
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException(
          "a part of a snapshot is malformed: " + e.getMessage(), e);
    }
  }

  /** What a server wants of a snapshot, in a frame that came from it. */
  public static SnapshotWanted decode(WireSnapshotWanted wire) throws MalformedMessageException {
    try {
      return new SnapshotWanted(position(wire.getEnd()), wire.getOffset());
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException(
          "an answer to a part of a snapshot is malformed: " + e.getMessage(), e);
    }
  }

  /** Whether the entries of a frame are carried by a snapshot that was sent before. */
  private static boolean bySnapshot(PeerMessage wire) {
    return wire.getEntries().getSnapshot() || wire.getFetched().getSnapshot();
  }

  private static List<ByteString> payloads(PeerMessage wire) {
    return switch (wire.getBodyCase()) {
      case ENTRIES -> wire.getEntries().getPayloadsList();
      case FETCHED -> wire.getFetched().getPayloadsList();
      default -> List.of();
    };
  }

  private static Message message(PeerMessage wire) {
    return switch (wire.getBodyCase()) {
      case INQUIRY -> inquiry(wire.getInquiry());
      case REPLY -> reply(wire.getReply());
      case ASK -> new Message.Ask();
      case DECLARE ->
          new Message.Declare(
              tenure(wire.getDeclare().getEpoch()),
              stamp(wire.getDeclare().getStamp()),
              ranking(wire.getDeclare().getRankingList()));
      case REVOKE -> revoke(wire.getRevoke());
      case VOUCH -> vouch(wire.getVouch());
      case CLAIM ->
          new Message.Claim(tenure(wire.getClaim().getEpoch()), stamp(wire.getClaim().getStamp()));
      case GRANT ->
          new Message.Grant(
              tenure(wire.getGrant().getEpoch()),
              stamp(wire.getGrant().getStamp()),
              position(wire.getGrant().getLast()));
      case REFUSE -> new Message.Refuse(epoch(wire.getRefuse().getHighest()));
      case ENTRIES -> entries(wire.getEntries());
      case ACCEPTED ->
          new Message.Accepted(
              tenure(wire.getAccepted().getEpoch()), sequence(wire.getAccepted().getSequence()));
      case REJECTED ->
          new Message.Rejected(
              tenure(wire.getRejected().getEpoch()), position(wire.getRejected().getFloor()));
      case FETCH ->
          new Message.Fetch(
              tenure(wire.getFetch().getEpoch()), position(wire.getFetch().getAfter()));
      case FETCHED -> fetched(wire.getFetched());
      case UNFETCHED ->
          new Message.Unfetched(
              tenure(wire.getUnfetched().getEpoch()), position(wire.getUnfetched().getFloor()));
      case FENCE ->
          new Message.Fence(
              tenure(wire.getFence().getEpoch()), sequence(wire.getFence().getSequence()));
      case RESIGN ->
          new Message.Resign(
              tenure(wire.getResign().getEpoch()), index(wire.getResign().getTarget()));
      case PING -> new Message.Ping(wire.getPing().getSentNanos());
      case PONG -> new Message.Pong(wire.getPong().getSentNanos());
      case RATING -> new Message.Rating(sequence(wire.getRating().getRating()));
      case SNAPSHOT_PART, SNAPSHOT_WANTED ->
          throw new IllegalArgumentException("it is none of the protocol but of a snapshot");
      case BODY_NOT_SET -> throw new IllegalArgumentException("it has no body");
    };
  }

  private static Message inquiry(WireInquiry wire) {
    return new Message.Inquiry(
        tenure(wire.getEpoch()),
        stamp(wire.getEcho()),
        wire.getSentNanos(),
        sequence(wire.getAccepted()),
        position(wire.getLast()),
        sequence(wire.getExecuted()),
        wire.getDigest(),
        delay(wire.getElectionDelayNanos()),
        roundTrips(wire.getRoundTripsList()));
  }

  private static Message reply(WireReply wire) {
    return new Message.Reply(
        tenure(wire.getEpoch()),
        stamp(wire.getStamp()),
        wire.getSentNanos(),
        wire.getLeaseValid(),
        wire.getInquireInNanos(),
        sequence(wire.getCommitted()),
        delay(wire.getElectionDelayNanos()),
        ranking(wire.getRankingList()));
  }

  private static Message vouch(WireVouch wire) {
    return new Message.Vouch(
        new Mastership(tenure(wire.getEpoch()), ranking(wire.getRankingList())));
  }

  private static Ranking ranking(List<Integer> indexes) {
    if (indexes.size() > GroupConfiguration.MOST_SERVERS) {
      throw new IllegalArgumentException("a ranking of " + indexes.size() + " servers");
    }
    return indexes.isEmpty() ? Ranking.CONFIGURED : new Ranking(indexes);
  }

  private static Message revoke(WireRevoke wire) {
    return new Message.Revoke(
        tenure(wire.getEpoch()),
        stamp(wire.getStamp()),
        index(wire.getRevokedIndex()),
        index(wire.getIndex()),
        ranking(wire.getRankingList()));
  }

  private static Message entries(WireEntries wire) {
    List<Run> runs = runs(wire);
    return new Message.Entries(
        tenure(wire.getEpoch()), position(wire.getBefore()), runs, sequence(wire.getCommitted()));
  }

  private static Message fetched(WireEntries wire) {
    return new Message.Fetched(tenure(wire.getEpoch()), position(wire.getBefore()), runs(wire));
  }

  private static List<Run> runs(WireEntries wire) {
    List<Run> runs = new ArrayList<>(wire.getRunsCount());
    long length = 0;
    for (WireRun run : wire.getRunsList()) {
      Run decoded = new Run(tenure(run.getEpoch()), run.getFirst(), run.getLast());
      length += decoded.length();
      runs.add(decoded);
    }
    if (wire.getPayloadsCount() != (wire.getSnapshot() ? 0 : length)) {
      throw new IllegalArgumentException(
          "it has places for " + length + " entries and bytes of " + wire.getPayloadsCount());
    }
    return runs;
  }

  /** What a message speaks of is the tenure of a server. */
  private static Epoch tenure(long token) {
    Epoch epoch = epoch(token);
    if (epoch.equals(Epoch.NONE)) {
      throw new IllegalArgumentException("it names no epoch");
    }
    return epoch;
  }

  /** An epoch has one token only: another that would name it, too, is nonsense. */
  private static Epoch epoch(long token) {
    Epoch epoch = token < 0 ? Epoch.NONE : Epoch.ofToken(token);
    if (epoch.token() != token) {
      throw new IllegalArgumentException("no epoch has the token " + token);
    }
    return epoch;
  }

  private static int index(int index) {
    if (index < 1 || index > GroupConfiguration.MOST_SERVERS) {
      throw new IllegalArgumentException("no server has the index " + index);
    }
    return index;
  }

  private static long delay(long nanos) {
    if (nanos < 0 || nanos > MOST_DELAY_NANOS) {
      throw new IllegalArgumentException("no delay has " + nanos + " ns");
    }
    return nanos;
  }

  private static List<Long> roundTrips(List<Long> row) {
    if (row.size() > GroupConfiguration.MOST_SERVERS) {
      throw new IllegalArgumentException("round trips to " + row.size() + " servers");
    }
    row.forEach(MessageCodec::delay);
    return row;
  }

  private static long sequence(long sequence) {
    if (sequence < 0) {
      throw new IllegalArgumentException("negative sequence " + sequence);
    }
    return sequence;
  }

  private static Position position(WirePosition wire) {
    return new Position(epoch(wire.getEpoch()), wire.getSequence());
  }

  private static Stamp stamp(WireStamp wire) {
    return new Stamp(wire.getIncarnation(), wire.getNanos());
  }

  /** The frame for a message and the bytes of its entries. */
  public static PeerMessage encode(Message message, List<ByteString> payloads) {
    return message.accept(new MessageEncoder(payloads));
  }

  /** The frame for a message whose entries are carried by a snapshot that was sent before. */
  public static PeerMessage encodeAfterSnapshot(Message message) {
    PeerMessage.Builder frame = encode(message, List.of()).toBuilder();
    if (frame.hasFetched()) {
      frame.getFetchedBuilder().setSnapshot(true);
    } else {
      frame.getEntriesBuilder().setSnapshot(true);
    }
    return frame.build();
  }
}
