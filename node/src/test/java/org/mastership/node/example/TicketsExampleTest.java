package org.mastership.node.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TicketsExampleTest {
  @Test
  @Timeout(60)
  void eachTicketIsSoldOnceAlsoWhenTheMasterIsStopped(@TempDir Path folder) throws Exception {
    List<String> addresses = new ArrayList<>();
    List<ServerSocket> reserved = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      reserved.add(socket);
      addresses.add("127.0.0.1:" + socket.getLocalPort());
    }
    for (ServerSocket socket : reserved) {
      socket.close();
    }

    List<Long> tickets = TicketsExample.run(folder, addresses);

    assertThat(tickets)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }
}
