package org.mastership.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who writes another client or server has the page only. */
class WireFormatPageTest {
  static Descriptor[] messages() {
    return new Descriptor[] {
      PeerMessage.getDescriptor(), ClientMessage.getDescriptor(), ServerMessage.getDescriptor()
    };
  }

  @ParameterizedTest
  @MethodSource("messages")
  void thePageNamesEachMessageAndEachOfItsFields(Descriptor either) throws Exception {
    String page = Files.readString(Path.of("../docs/wire-format.md"));

    for (FieldDescriptor message : either.getFields()) {
      assertThat(page).contains("`" + message.getName() + "`");
      if (message.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        for (FieldDescriptor field : message.getMessageType().getFields()) {
          assertThat(page).as(message.getFullName()).contains("`" + field.getName() + "`");
        }
      }
    }
  }
}
