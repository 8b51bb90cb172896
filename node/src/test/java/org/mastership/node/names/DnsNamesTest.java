package org.mastership.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.NameServerSettings.Kind;
import org.mastership.node.config.NameServerSettings.SigningKey;
import org.mastership.node.config.ServerConfiguration.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A real BIND 9, whose zone takes updates that are signed with a key. */
class DnsNamesTest extends NameServerContract {
  private static final String SECRET = secret("the secret of the group, 32 bytes");
  @TempDir static Path folder;
  private static int port;
  private static Daemon bind;

  private static String secret(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeAll
  static void start() throws Exception {
    Daemon.requireInstalled("named", "bind9");
    port = Daemon.freePort();
    Files.writeString(
        folder.resolve("zone"),
        """
        $TTL 60
        @ IN SOA ns.example.test. root.example.test. 1 60 60 600 1
        @ IN NS ns.example.test.
        ns IN A 127.0.0.1
        """);
    Files.writeString(
        folder.resolve("named.conf"),
        """
        options {
          directory "FOLDER";
          pid-file none;
          session-keyfile none;
          managed-keys-directory "FOLDER";
          listen-on port PORT { 127.0.0.1; };
          listen-on-v6 { none; };
          recursion no;
          dnssec-validation no;
        };
        controls { };
        key group { algorithm hmac-sha256; secret "SECRET"; };
        zone "example.test" { type master; file "zone"; allow-update { key group; }; };
        """
            .replace("FOLDER", folder.toString())
            .replace("PORT", Integer.toString(port))
            .replace("SECRET", SECRET));
    bind = Daemon.start(folder, port, "/usr/sbin/named", "-g", "-c", "named.conf");
    Daemon.awaitAnswer(names("group", port, SECRET)::lookUp);
  }

  @AfterAll
  static void stop() {
    if (bind != null) {
      bind.close();
    }
  }

  private static NameServer names(String group, int at, String secret) throws Exception {
    Path file = Files.writeString(Files.createTempFile(folder, "key", ""), secret + "\n");
    return NameServers.of(
        new NameServerSettings(
            Kind.DNS,
            new Address("127.0.0.1", at),
            Optional.empty(),
            "example.test",
            Optional.of(new SigningKey("group", file)),
            Optional.empty(),
            Optional.empty(),
            5),
        group);
  }

  @Override
  NameServer names(String group) throws Exception {
    return names(group, port, SECRET);
  }

  @Override
  String section() throws Exception {
    Path file = Files.writeString(folder.resolve("key-of-group"), SECRET + "\n");
    return """
        { kind: dns, address: "127.0.0.1:%d", zone: example.test, life_seconds: 1,
          key_name: group, key_file: "%s" }"""
        .formatted(port, file);
  }

  @Override
  NameServer nobody() throws Exception {
    return names("group", 1, SECRET);
  }

  @Test
  void clientsOfOtherMakesFindTheMasterByItsServiceAndAddressRecords() throws Exception {
    names("plain").publish(registration(1, 1));
    names("plain").publish(registration(2, 2));

    assertThat(records("_mastership._tcp.plain.example.test.", Type.SRV))
        .containsExactly("5 0 0 7102 master.plain.example.test.");
    assertThat(records("master.plain.example.test.", Type.A)).containsExactly("5 127.0.0.1");
  }

  private static List<String> records(String name, int type) throws Exception {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Message answer =
        resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
    return answer.getSection(Section.ANSWER).stream()
        .map(each -> each.getTTL() + " " + each.rdataToString())
        .toList();
  }

  @Test
  void whoHasNotTheKeyRegistersNothing() throws Exception {
    NameServer stranger = names("guarded", port, secret("another secret, of nobody at all"));

    assertThatThrownBy(() -> stranger.publish(registration(9, 1)))
        .isInstanceOf(NameServerException.class);
    assertThat(names("guarded").lookUp()).isEmpty();
  }
}
