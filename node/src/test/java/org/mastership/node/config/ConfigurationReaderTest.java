package org.mastership.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.node.config.ServerConfiguration.Address;

/** What a file says, and what is said of one that can not be used. */
class ConfigurationReaderTest {
  private static final Path SHIPPED = Path.of("conf", "mastership.yaml");
  private static final String SERVERS =
      """
      servers:
        - { name: ada, address: "127.0.0.1:7101" }
        - { name: bob, address: "127.0.0.1:7102" }
        - { name: eve, address: "127.0.0.1:7103" }
      """;
  private static final String GROUP = "group: example\n" + SERVERS;

  @TempDir private Path folder;

  @Test
  void theShippedFileSaysWhatTheDefaultsAre() throws Exception {
    ServerConfiguration shipped = ConfigurationReader.read(SHIPPED, Optional.of("bob"));
    ServerConfiguration defaults = read(GROUP, "bob");

    assertThat(shipped).usingRecursiveComparison().ignoringFields("data").isEqualTo(defaults);
    assertThat(shipped.fingerprint()).isEqualTo(defaults.fingerprint());
    assertThat(shipped.protocol().guarantee()).isEqualTo(Guarantee.QUORUM);
  }

  @Test
  void pathsAreMeantFromWhereTheFileIs() throws Exception {
    assertThat(read(GROUP, "eve").data()).isEqualTo(folder.resolve("data").resolve("eve"));
    assertThat(read(GROUP + "data: /var/lib/{name}/x\n", "eve").data())
        .isEqualTo(Path.of("/var/lib/eve/x"));
  }

  @Test
  void aServersOwnAddressForOperatorsGoesBeforeTheGroups() throws Exception {
    String text =
        GROUP.replace("7101\"", "7101\", operators: \"127.0.0.1:9001\"")
            + "operators: \"127.0.0.1:9000\"\n";

    assertThat(read(text, "ada").operators()).contains(new Address("127.0.0.1", 9001));
    assertThat(read(text, "bob").operators()).contains(new Address("127.0.0.1", 9000));
  }

  @Test
  void theNameMayStandInTheFile() throws Exception {
    write(GROUP + "name: eve\n");

    assertThat(ConfigurationReader.read(file(), Optional.empty()).self().number()).isEqualTo(3);
    assertThat(read(GROUP + "name: eve\n", "ada").self().number()).isEqualTo(1);
  }

  @Test
  void anUnknownKeyIsNamedWithTheOneThatWasMeant() throws IOException {
    refused(
        GROUP + "timing: { detection_perid: 25ms }\n",
        "line 6: at timing.detection_perid: unknown key; did you mean 'detection_period'?");
  }

  @Test
  void anUnknownKeyLikeNoOtherIsNamedWithThoseThatAreKnown() throws IOException {
    refused(
        GROUP + "tls: { passphrase: secret }\n",
        "line 6: at tls.passphrase: unknown key; known here: authority, certificate, key, mutual");
  }

  @Test
  void missingKeysAreNamed() throws IOException {
    refused(SERVERS, "the key 'group' is missing");
    refused(GROUP.replace("name: eve, ", ""), "the key 'servers[2].name' is missing");
    refused(
        GROUP.replace(", address: \"127.0.0.1:7103\"", ""),
        "the key 'servers[2].address' is missing");
    refused(GROUP + "tls: { key: a, authority: b }\n", "the key 'tls.certificate' is missing");
    assertThatThrownBy(() -> read("group: example\n", "ada"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the key 'servers' is missing: list each server's name and address");
  }

  @Test
  void aValueOfTheWrongKindIsNamed() throws IOException {
    refused(
        GROUP + "limits: { sessions: many }\n",
        "line 6: at limits.sessions: 'many' is not a whole number");
    refused(GROUP + "timing: fast\n", "line 6: at timing: this is not a group of keys");
    refused("group: example\nservers: ada\n", "line 2: at servers: this is not a list");
    refused(GROUP + "tls: { mutual: 7.5 }\n", "line 6: at tls.mutual: this is not true or false");
    refused(GROUP.replace("example", "[a, b]"), "line 1: at group: this is not a text");
  }

  @Test
  void whatTwoServersShareIsNamed() throws IOException {
    refused(
        GROUP.replace("name: eve", "name: bob"),
        "two servers are named 'bob'; give each a name of its own");
    refused(GROUP.replace("7103", "7102"), "two servers have the address 127.0.0.1:7102");
    refused(
        GROUP.replace("7103\"", "7103\", index: 2"),
        "the indexes must be 1 to 3, each once; they are [1, 2, 2], so 3 is missing");
  }

  @Test
  void aGroupOfOneIsRefused() throws IOException {
    refused(
        "group: example\nservers: [ { name: ada, address: \"a:1\" } ]\n",
        "a group has 2 to 63 servers, a master and at least one back-up (claim 1); this one has 1");
  }

  @Test
  void aServerMustBeOneOfTheGroup() throws Exception {
    write(GROUP);
    assertThatThrownBy(() -> ConfigurationReader.read(file(), Optional.of("zoe")))
        .hasMessage(
            file() + ": this server's name 'zoe' is not one of the servers [ada, bob, eve]");
    assertThatThrownBy(() -> ConfigurationReader.read(file(), Optional.empty()))
        .hasMessage(
            file()
                + ": which server is this? Give --name or the key 'name', one of [ada, bob, eve]");
    assertThat(ConfigurationReader.readAny(file(), Optional.empty()).name()).isEqualTo("ada");
  }

  @Test
  void delaysThatLetALaterBackUpFireBeforeItHearsAnEarlierOneAreRefused() throws IOException {
    assertThatThrownBy(
            () ->
                read(
                    GROUP
                        + "election:\n"
                        + "  formula: claims\n"
                        + "  delays: { ada: { bob: 20ms } }\n",
                    "ada"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the election delays break the bound of R11")
        .hasMessageContaining("use the tight formula or smaller delays");
  }

  @Test
  void quantitiesAndAddressesThatCanNotBeReadAreNamed() throws IOException {
    refused(
        GROUP + "timing: { lease: 2 weeks }\n",
        "timing.lease: '2 weeks' is not a duration such as 25ms, 1.5s or 500us");
    refused(
        GROUP + "timing: { reply_timeout: 90 }\n",
        "timing.reply_timeout: '90' is not a duration such as 25ms, 1.5s or 500us");
    refused(
        GROUP + "limits: { cached_bytes: 64mb }\n",
        "limits.cached_bytes: '64mb' is not a size such as 512B, 64KiB or 2MiB");
    refused(
        GROUP + "limits: { request_bytes: 2MiB }\n",
        "limits.request_bytes must be 1B to 1MiB; it is 2097152B");
    refused(
        GROUP + "limits: { pending_requests: 0 }\n",
        "limits.pending_requests must be 1 or more; it is 0");
    refused(
        GROUP.replace("127.0.0.1:7103", "eve"),
        "servers[2].address: 'eve' is not host:port with a port from 1 to 65535");
    refused(GROUP + "guarantee: some\n", "guarantee: 'some' is not timed or quorum");
    refused(
        GROUP + "election: { delays: { zoe: { ada: 1ms } } }\n",
        "election.delays: 'zoe' is not one of the servers [ada, bob, eve]");
  }

  @Test
  void allProblemsAreSaidAtOnce() throws IOException {
    refused(
        SERVERS.replace("7103", "0") + "timing: { lease: long }\nlimits: { sessions: -1 }\n",
        "\n  - the key 'group' is missing"
            + "\n  - servers[2].address: '127.0.0.1:0' is not host:port with a port from 1 to"
            + " 65535"
            + "\n  - timing.lease: 'long' is not a duration such as 25ms, 1.5s or 500us"
            + "\n  - limits.sessions must be 1 or more; it is -1",
        ":");
  }

  @Test
  void whatIsNoYamlIsNamedWithItsLine() throws IOException {
    refused(GROUP + "group: again\n", "line 6: Duplicate field 'group'");
    assertThatThrownBy(() -> read(GROUP + "data: [\n", "ada"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file() + ": line ");
  }

  @Test
  void aFileWithNothingInItIsRefused() throws IOException {
    refused("", "it is empty");
    refused("# only a comment\n", "it is empty");
    refused("---\n", "it is empty");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ConfigurationReader.read(file(), Optional.of("ada")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file() + ": there is no such file; check the path");
  }

  @Test
  void aFileOfAbsurdSizeIsNotRead() throws IOException {
    refused(GROUP + "#".repeat(1 << 20), "it is larger than 1048576 bytes");
  }

  private void refused(String text, String problem) throws IOException {
    refused(text, problem, ": ");
  }

  private void refused(String text, String problems, String colon) throws IOException {
    write(text);
    assertThatThrownBy(() -> ConfigurationReader.read(file(), Optional.of("ada")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file() + colon + problems);
  }

  private ServerConfiguration read(String text, String name)
      throws IOException, ConfigurationException {
    write(text);
    return ConfigurationReader.read(file(), Optional.of(name));
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private Path file() {
    return folder.resolve("group.yaml");
  }
}
