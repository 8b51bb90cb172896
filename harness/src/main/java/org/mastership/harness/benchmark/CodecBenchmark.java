package org.mastership.harness.benchmark;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.node.wire.MalformedMessageException;
import org.mastership.node.wire.MessageCodec;
import org.mastership.node.wire.PeerFrame;
import org.mastership.node.wire.PeerMessage;
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

/** A message of entries with payloads of 64 bytes, to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  private static final int PAYLOAD_BYTES = 64;

  @Param({"1", "64"})
  private int entries;

  private Message.Entries message;
  private List<ByteString> payloads;
  private byte[] bytes;

  /** Makes the message. */
  @Setup
  public void make() {
    Epoch epoch = new Epoch(7, 1);
    message =
        new Message.Entries(
            epoch, new Position(epoch, 999), List.of(new Run(epoch, 1000, 999 + entries)), 990);
    payloads = Collections.nCopies(entries, ByteString.copyFrom(new byte[PAYLOAD_BYTES]));
    bytes = encode();
  }

  /** Core's message to bytes. */
  @Benchmark
  public byte[] encode() {
    return MessageCodec.encode(message, payloads).toByteArray();
  }

  /** Bytes to core's message. */
  @Benchmark
  public PeerFrame decode() throws InvalidProtocolBufferException, MalformedMessageException {
    return MessageCodec.decode(PeerMessage.parseFrom(bytes));
  }
}
