package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerMessage;

/** What is short does not wait behind what is long, and what is long is cut. */
class BulkTest {
  private static final Epoch OLD = new Epoch(1, 1);
  private static final Epoch EPOCH = new Epoch(2, 1);
  private static final int BYTES = 60_000;

  private final EmbeddedChannel channel = new EmbeddedChannel(new FrameEncoder());
  private final Bulk bulk = new Bulk();

  @Test
  void anInquiryOvertakesEntriesThatWait() throws Exception {
    for (int sequence = 1; sequence <= 600; sequence++) {
      bulk.add(entries(sequence));
    }
    bulk.writeTo(channel);
    PeerMessage inquiry = MessageCodec.encode(new Message.Ask(), List.of());
    assertThat(Bulk.isBulk(inquiry)).isFalse();
    channel.write(inquiry);

    channel.flush();
    List<PeerMessage> first = written();
    while (bulk.writeTo(channel)) {
      channel.flush();
    }
    List<PeerMessage> later = written();

    assertThat(first.get(first.size() - 1)).isEqualTo(inquiry);
    assertThat(first).hasSizeLessThan(5);
    List<Long> before = new ArrayList<>();
    for (PeerMessage each : first.subList(0, first.size() - 1)) {
      before.add(each.getEntries().getBefore().getSequence());
    }
    later.forEach(each -> before.add(each.getEntries().getBefore().getSequence()));
    assertThat(before).hasSize(600).isSorted();
    assertThat(bulk.bytes()).isZero();
  }

  @Test
  void entriesThatAreSentAnewTakeThePlaceOfThoseThatWait() {
    for (int times = 0; times < 3; times++) {
      for (int sequence = 5; sequence <= 20; sequence++) {
        bulk.add(entries(sequence));
      }
    }

    assertThat(bulk.bytes()).isBetween(16L * BYTES, 17L * BYTES);
  }

  @Test
  void entriesWithManyBytesBecomeSeveralMessages() {
    List<ByteString> payloads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      payloads.add(ByteString.copyFrom(new byte[BYTES]));
    }
    List<Run> runs = List.of(new Run(OLD, 4, 6), new Run(EPOCH, 7, 13));
    List<Message.Entries> parts = new ArrayList<>();
    List<ByteString> bytes = new ArrayList<>();

    Parts.of(
        new Message.Entries(EPOCH, new Position(OLD, 3), runs, 2),
        payloads,
        (part, some) -> {
          parts.add(part);
          bytes.addAll(some);
        });

    assertThat(bytes).isEqualTo(payloads);
    assertThat(parts)
        .containsExactly(
            part(new Position(OLD, 3), new Run(OLD, 4, 5)),
            part(new Position(OLD, 5), new Run(OLD, 6, 6), new Run(EPOCH, 7, 7)),
            part(new Position(EPOCH, 7), new Run(EPOCH, 8, 9)),
            part(new Position(EPOCH, 9), new Run(EPOCH, 10, 11)),
            part(new Position(EPOCH, 11), new Run(EPOCH, 12, 13)));
  }

  @Test
  void fewBytesStayOneMessage() {
    List<Message.Entries> parts = new ArrayList<>();
    Message.Entries whole = part(Position.ORIGIN, new Run(EPOCH, 1, 2));

    Parts.of(whole, List.of(ByteString.EMPTY, ByteString.EMPTY), (part, some) -> parts.add(part));

    assertThat(parts).containsExactly(whole);
  }

  private static Message.Entries part(Position before, Run... runs) {
    return new Message.Entries(EPOCH, before, List.of(runs), 2);
  }

  private static PeerMessage entries(int sequence) {
    Position before = sequence == 1 ? Position.ORIGIN : new Position(EPOCH, sequence - 1L);
    return MessageCodec.encode(
        part(before, new Run(EPOCH, sequence, sequence)),
        List.of(ByteString.copyFrom(new byte[BYTES])));
  }

  private List<PeerMessage> written() throws InvalidProtocolBufferException {
    List<PeerMessage> messages = new ArrayList<>();
    for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
      frame.skipBytes(FrameEncoder.LENGTH_BYTES);
      messages.add(PeerMessage.parseFrom(frame.nioBuffer()));
      frame.release();
    }
    return messages;
  }
}
