package org.mastership.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.node.wire.PeerMessage.BodyCase;

/** Core's messages survive the wire; what is no message is refused, and nothing else happens. */
class MessageCodecTest {
  private static final long EPOCH = new Epoch(3, 2).token();

  @Property
  void whatWasEncodedIsDecodedToTheSame(@ForAll("frames") PeerFrame frame) throws Exception {
    PeerMessage wire = MessageCodec.encode(frame.message(), frame.payloads());

    assertThat(MessageCodec.decode(PeerMessage.parseFrom(wire.toByteArray()))).isEqualTo(frame);
  }

  @Property
  void bytesOfEntriesAreNotCopied(@ForAll("frames") PeerFrame frame) throws Exception {
    PeerMessage wire = MessageCodec.encode(frame.message(), frame.payloads());
    List<ByteString> decoded = MessageCodec.decode(wire).payloads();

    assertThat(decoded).hasSameSizeAs(frame.payloads());
    IntStream.range(0, decoded.size())
        .forEach(i -> assertThat(decoded.get(i)).isSameAs(frame.payloads().get(i)));
  }

  @Example
  void theFramesOfThesePropertiesAreOfEveryKind() {
    Set<BodyCase> kinds =
        PeerFrames.all().sampleStream().limit(2000).map(this::kind).collect(Collectors.toSet());
    Set<BodyCase> all =
        Stream.of(BodyCase.values())
            .filter(kind -> !kind.name().startsWith("SNAPSHOT"))
            .filter(kind -> kind != BodyCase.BODY_NOT_SET)
            .collect(Collectors.toSet());

    assertThat(kinds).isEqualTo(all);
  }

  private BodyCase kind(PeerFrame frame) {
    return MessageCodec.encode(frame.message(), frame.payloads()).getBodyCase();
  }

  @Property
  void randomBytesAreAMessageOrMalformed(@ForAll byte[] bytes) {
    assertMessageOrMalformed(bytes);
  }

  @Property(tries = 5000)
  void aDamagedFrameIsAMessageOrMalformed(
      @ForAll("frames") PeerFrame frame, @ForAll("damages") List<Integer> damages) {
    byte[] bytes = MessageCodec.encode(frame.message(), frame.payloads()).toByteArray();
    for (int damage : damages) {
      if (bytes.length > 0) {
        bytes[Math.floorMod(damage >> 8, bytes.length)] = (byte) damage;
      }
    }
    assertMessageOrMalformed(bytes);
  }

  private static void assertMessageOrMalformed(byte[] bytes) {
    try {
      MessageCodec.decode(PeerMessage.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | MalformedMessageException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    } catch (RuntimeException | Error e) {
      fail("decoding threw something else", e);
    }
  }

  static Stream<PeerMessage> malformed() {
    WirePosition origin = WirePosition.getDefaultInstance();
    return Stream.of(
        PeerMessage.getDefaultInstance(),
        ofEpoch(0),
        ofEpoch(-1),
        ofEpoch(5),
        ofEpoch(0xff),
        ofEpoch(EPOCH | 0xff),
        ofEpoch(3L << 8),
        accepted(-1),
        revoke(0, 1),
        revoke(1, 64),
        inquiry(-1, 1),
        inquiry(Long.MAX_VALUE, 1),
        inquiry(1, 64),
        PeerMessage.newBuilder()
            .setFetch(WireFetch.newBuilder().setAfter(origin.toBuilder().setSequence(-1)))
            .build(),
        ofEntries(origin, List.of(), 0),
        ofEntries(origin, List.of(run(1, 2)), 1),
        ofEntries(origin, List.of(run(1, 2)), 3),
        ofEntries(origin, List.of(run(2, 3)), 2),
        ofEntries(origin, List.of(run(1, 1), run(3, 3)), 2),
        ofEntries(origin, List.of(run(1, 0)), 0),
        ofEntries(origin, List.of(run(1, Long.MAX_VALUE), run(1, Long.MAX_VALUE), run(1, 2)), 0));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMessageThatCanNotBeIsMalformed(PeerMessage wire) {
    assertThatThrownBy(() -> MessageCodec.decode(wire))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(wire.getBodyCase().name());
  }

  @Example
  void theMostDistantEpochAndSequenceAreMessages() throws Exception {
    Epoch highest = new Epoch(Long.MAX_VALUE >>> 8, 1);
    Position end = new Position(highest, Long.MAX_VALUE - 1);
    Run last = new Run(highest, Long.MAX_VALUE, Long.MAX_VALUE);
    Message message = new Message.Entries(highest, end, List.of(last), Long.MAX_VALUE);

    PeerMessage wire = MessageCodec.encode(message, List.of(ByteString.EMPTY));

    assertThat(MessageCodec.decode(wire).message()).isEqualTo(message);
  }

  private static PeerMessage ofEpoch(long token) {
    return PeerMessage.newBuilder().setVouch(WireVouch.newBuilder().setEpoch(token)).build();
  }

  private static PeerMessage inquiry(long electionDelay, int roundTrips) {
    return PeerMessage.newBuilder()
        .setInquiry(
            WireInquiry.newBuilder()
                .setEpoch(EPOCH)
                .setElectionDelayNanos(electionDelay)
                .addAllRoundTrips(Collections.nCopies(roundTrips, 1L)))
        .build();
  }

  private static PeerMessage accepted(long sequence) {
    return PeerMessage.newBuilder()
        .setAccepted(WireAccepted.newBuilder().setEpoch(EPOCH).setSequence(sequence))
        .build();
  }

  private static PeerMessage revoke(int revoked, int index) {
    return PeerMessage.newBuilder()
        .setRevoke(WireRevoke.newBuilder().setEpoch(EPOCH).setRevokedIndex(revoked).setIndex(index))
        .build();
  }

  private static WireRun run(long first, long last) {
    return WireRun.newBuilder().setEpoch(EPOCH).setFirst(first).setLast(last).build();
  }

  private static PeerMessage ofEntries(WirePosition before, List<WireRun> runs, int payloads) {
    WireEntries.Builder entries =
        WireEntries.newBuilder().setEpoch(EPOCH).setBefore(before).addAllRuns(runs);
    for (int i = 0; i < payloads; i++) {
      entries.addPayloads(ByteString.EMPTY);
    }
    return PeerMessage.newBuilder().setEntries(entries).build();
  }

  @Provide
  Arbitrary<PeerFrame> frames() {
    return PeerFrames.all();
  }

  @Provide
  Arbitrary<List<Integer>> damages() {
    return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(4);
  }

  @Property
  void entriesThatASnapshotCarriesHaveNoBytes(@ForAll("frames") PeerFrame frame) throws Exception {
    if (frame.message() instanceof Message.Entries || frame.message() instanceof Message.Fetched) {
      PeerMessage wire = MessageCodec.encodeAfterSnapshot(frame.message());

      assertThat(MessageCodec.decode(PeerMessage.parseFrom(wire.toByteArray())))
          .isEqualTo(new PeerFrame(frame.message(), List.of(), true));
    }
  }

  @Example
  void entriesBringTheirBytesOrASnapshotDoesButNotBoth() {
    WireEntries.Builder entries =
        WireEntries.newBuilder()
            .setEpoch(EPOCH)
            .setBefore(WirePosition.newBuilder())
            .addRuns(WireRun.newBuilder().setEpoch(EPOCH).setFirst(1).setLast(1))
            .addPayloads(ByteString.EMPTY)
            .setSnapshot(true);

    assertThatThrownBy(
            () -> MessageCodec.decode(PeerMessage.newBuilder().setEntries(entries).build()))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("places for 1 entries and bytes of 1");
  }

  @Example
  void aPartOfASnapshotIsDecodedToTheSame() throws Exception {
    Position end = new Position(new Epoch(3, 2), 9);
    SnapshotPart part = new SnapshotPart(end, 10, 7, ByteString.copyFromUtf8("abc"));
    SnapshotWanted wanted = new SnapshotWanted(end, 10);

    assertThat(MessageCodec.decode(part.frame().getSnapshotPart())).isEqualTo(part);
    assertThat(MessageCodec.decode(wanted.frame().getSnapshotWanted())).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0", "9, 0, 0", "9, 10, -1", "9, 10, 8", "9, 10, 9223372036854775807"})
  void aPartThatIsNotInItsSnapshotIsMalformed(long sequence, long length, long offset) {
    WireSnapshotPart wire =
        WireSnapshotPart.newBuilder()
            .setEnd(WirePosition.newBuilder().setEpoch(EPOCH).setSequence(sequence))
            .setLength(length)
            .setOffset(offset)
            .setContent(ByteString.copyFromUtf8("abc"))
            .build();

    assertThatThrownBy(() -> MessageCodec.decode(wire))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("a part of a snapshot is malformed: ");
  }
}
