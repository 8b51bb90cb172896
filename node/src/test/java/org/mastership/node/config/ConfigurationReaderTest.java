package org.mastership.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.core.DelayFormula;
import org.mastership.core.Guarantee;
import org.mastership.node.config.ServerConfiguration.Member;

/** What a configuration file may say, and what a person is told who got it wrong. */
class ConfigurationReaderTest {
  private static final String TWO_SERVERS =
      """
      group: pair
      servers:
        - { name: ada, address: "ada.example:7101" }
        - { name: bob, address: "bob.example:7101" }
      """;

  @TempDir private Path folder;

  private Path file(String yaml) throws IOException {
    Path file = folder.resolve("group.yaml");
    Files.writeString(file, yaml);
    return file;
  }

  private ServerConfiguration ada(String yaml) throws Exception {
    return ConfigurationReader.read(file(yaml), Optional.of("ada"));
  }

  private String problems(String yaml) throws IOException {
    Path file = file(yaml);
    try {
      ConfigurationReader.read(file, Optional.of("ada"));
    } catch (ConfigurationException e) {
      return String.valueOf(e.getMessage());
    }
    return "";
  }

  @Test
  void aGroupNeedsAddressesOnly() throws Exception {
    ServerConfiguration ada = ada(TWO_SERVERS);

    assertThat(ada.group()).isEqualTo("pair");
    assertThat(ada.protocol().guarantee()).isEqualTo(Guarantee.QUORUM);
    assertThat(ada.protocol().electionDelay().formula()).isEqualTo(DelayFormula.TIGHT);
    assertThat(ada.tls()).isEmpty();
    assertThat(ada.operators()).isEmpty();
  }

  @Test
  void theServersNameComesFromTheCommandLineBeforeTheFile() throws Exception {
    Path file = file("name: bob\n" + TWO_SERVERS);

    assertThat(ConfigurationReader.read(file, Optional.empty()).name()).isEqualTo("bob");
    assertThat(ConfigurationReader.read(file, Optional.of("ada")).name()).isEqualTo("ada");
  }

  @Test
  void theIndexMayDifferFromThePlaceInTheList() throws Exception {
    ServerConfiguration ada =
        ada(
            """
            group: pair
            servers:
              - { name: ada, address: "a:1", index: 2 }
              - { name: bob, address: "b:1", index: 1 }
            """);

    assertThat(ada.members()).extracting(Member::number).containsExactly(1, 2);
    assertThat(ada.members()).extracting(Member::index).containsExactly(2, 1);
  }

  @Test
  void whereServersAreRatedTheirConfiguredIndexesAreThoseOfTheirNames() throws Exception {
    ServerConfiguration ada =
        ada(
            """
            group: g
            ranking: power
            servers:
              - { name: ada, address: "a:1", power: 8 }
              - { name: eve, address: "e:1", power: 16 }
              - { name: bob, address: "b:1" }
            """);

    assertThat(ada.members()).extracting(Member::index).containsExactly(1, 3, 2);
    assertThat(ada.protocol().indexes()).containsExactly(1, 3, 2);
    assertThat(ada.rating().rankedBy()).isEqualTo(RankedBy.POWER);
    assertThat(ada.rating().given()).isEqualTo(8);
    assertThat(ada.rating().measured()).isFalse();
  }

  @Test
  void aServerWhosePowerIsNotGivenMeasuresIt() throws Exception {
    ServerConfiguration ada =
        ada(
            """
            group: g
            ranking: power
            servers:
              - { name: ada, address: "a:1" }
              - { name: bob, address: "b:1", power: 4 }
            """);

    assertThat(ada.rating().measured()).isTrue();
  }

  @Test
  void indexesThatChangeNeedTheTightFormula() throws Exception {
    assertThat(problems(TWO_SERVERS + "ranking: power\nelection: { formula: claims }\n"))
        .contains("ranking: indexes that change need 'election.formula: tight'");
  }

  @Test
  void bandwidthIsMeasuredAgainAndAgain() throws Exception {
    ServerConfiguration ada =
        ada(
            """
            group: g
            ranking: bandwidth
            ranking_every: 15s
            preempt: 30s
            servers:
              - { name: ada, address: "a:1" }
              - { name: bob, address: "b:1", bandwidth: 10000 }
            """);

    assertThat(ada.rating().measured()).isTrue();
    assertThat(ada.rating().everyNanos()).isEqualTo(15_000_000_000L);
    assertThat(ada.preemptNanos()).isEqualTo(30_000_000_000L);
  }

  @Test
  void aRankingNeedsWhatItRanksByAndNothingElse() throws Exception {
    assertThat(
            problems(
                """
                group: g
                ranking: power
                servers:
                  - { name: ada, address: "a:1", index: 1 }
                  - { name: bob, address: "b:1", power: 0 }
                """))
        .contains("servers[0].index: indexes follow from 'ranking: power'; leave this out")
        .contains("servers[1].power: '0' is not a whole number from 1");
  }

  @Test
  void aDelayIsGivenForAllPairsOrForOne() throws Exception {
    ServerConfiguration ada =
        ada(TWO_SERVERS + "election: { delay: 3ms, delays: { ada: { bob: 7ms } } }\n");

    assertThat(ada.protocol().electionDelay().delays().nanos(1, 2)).isEqualTo(7_000_000);
    assertThat(ada.protocol().electionDelay().delays().nanos(2, 1)).isEqualTo(3_000_000);
  }

  @Test
  void filesAreNamedFromWhereTheConfigurationIs() throws Exception {
    ServerConfiguration ada =
        ada(
            TWO_SERVERS
                + "data: store/{name}\n"
                + "tls: { certificate: '{name}.crt', key: '/keys/{name}', authority: ca.crt }\n");

    assertThat(ada.data()).isEqualTo(folder.resolve("store/ada"));
    assertThat(ada.tls()).isPresent();
    assertThat(ada.tls().get().certificate()).isEqualTo(folder.resolve("ada.crt"));
    assertThat(ada.tls().get().key()).isEqualTo(Path.of("/keys/ada"));
    assertThat(ada.tls().get().mutual()).isTrue();
  }

  @Test
  void operatorsReachEachServerWhereItSays() throws Exception {
    String yaml =
        """
        group: pair
        operators: "127.0.0.1:9000"
        servers:
          - { name: ada, address: "a:1" }
          - { name: bob, address: "b:1", operators: "127.0.0.1:9001" }
        """;

    assertThat(ada(yaml).operators()).get().hasToString("127.0.0.1:9000");
    assertThat(ConfigurationReader.read(file(yaml), Optional.of("bob")).operators())
        .get()
        .hasToString("127.0.0.1:9001");
  }

  @Test
  void whereItDoesNotMatterAnyServerDoes() throws Exception {
    assertThat(ConfigurationReader.readAny(file(TWO_SERVERS), Optional.empty()).name())
        .isEqualTo("ada");
  }

  @Test
  void theFingerprintIsOfWhatAllServersMustAgreeOn() throws Exception {
    String fingerprint = ada(TWO_SERVERS).fingerprint();

    assertThat(ada(TWO_SERVERS + "data: elsewhere\n").fingerprint()).isEqualTo(fingerprint);
    assertThat(ada(TWO_SERVERS + "timing: { lease: 200ms }\n").fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(ada(TWO_SERVERS + "limits: { request_bytes: 1KiB }\n").fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(ada(TWO_SERVERS + "limits: { sessions: 9 }\n").fingerprint())
        .isNotEqualTo(fingerprint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "timing: { leese: 1s }        | line 5: timing.leese: there is no such key; did you mean 'lease'?",
        "timing: { colour: 1s }       | known here: clock_drift_ppm, detection_period, lease, reply_timeout",
        "tsl: [{ key: a }, b]         | line 5: tsl: there is no such key; did you mean 'tls'?",
        "limits: { bytes: { a: [1] } } | line 5: limits.bytes: there is no such key; known here:",
        "gruop: x                     | line 5: gruop: there is no such key; did you mean 'group'?",
        "timing: 25ms                 | line 5: timing: a single value is here, where a group of keys",
        "data: [a, b]                 | line 5: data: a list is here, where a single value belongs",
        "tls: { certificate: c }      | the key 'tls.key' is missing",
        "timing: { lease: 100 }       | line 5: timing.lease: '100' is not a duration such as 25ms",
        "limits: { cached_bytes: 5MB } | '5MB' is not a size such as 512B, 64KiB or 2MiB",
        "limits: { sessions: many }   | limits.sessions: 'many' is not a whole number from 1",
        "limits: { sessions: 0 }      | limits.sessions: '0' is not a whole number from 1",
        "limits: { request_bytes: 2MiB } | limits.request_bytes: it must be 1B to 1MiB",
        "limits: { recorded_bytes: 1B } | limits.recorded_bytes: it must be 0B for none, or 1MiB or more",
        "limits: { snapshot_after: 1B } | limits.snapshot_after: it must be 0B for only when asked for, or 16KiB or more",
        "guarantee: both              | line 5: guarantee: 'both' is not timed or quorum",
        "operators: 7180              | operators: '7180' is not host:port with a port from 1 to 65535",
        "election: { delays: { eve: { ada: 1ms } } } | election.delays.eve: 'eve' is not one of the servers [ada, bob]",
        "election: { delays: { ada: { eve: 1ms } } } | election.delays.ada.eve: 'eve' is not one of",
        "timing: { reply_timeout: 20ms } | longer than the longest round trip of the delay table (R1)",
        "timing: { lease: 50ms }      | the lease L must outlast two and a half detection periods",
        "group: twice                 | line 5: Duplicate field 'group'",
        "group: [                     | line 5",
      })
  void whatIsWrongIsSaidWithItsPlaceAndWhatToDo(String line, String told) throws IOException {
    assertThat(problems(TWO_SERVERS + line + "\n"))
        .startsWith(folder + "/group.yaml:")
        .contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ name: ada, address: 'b:2' }           | line 4: servers[1].name: the name 'ada' is already that of servers[0]",
        "{ name: bob, address: 'a:1' }           | servers[1].address: the address a:1 is already that of server 'ada'",
        "{ name: bob, address: 'b:2', index: 1 } | servers[1].index: the index 1 is already that of server 'ada'",
        "{ name: bob, address: 'b:2', index: 3 } | the indexes must be 1 to 2, each once; they are [1, 3], so 2 is missing",
        "{ name: bob, address: 'b:2', index: 0 } | servers[1].index: '0' is not a whole number from 1",
        "{ name: bob, address: 'b:70000' }       | servers[1].address: 'b:70000' is not host:port with a port from 1 to 65535",
        "{ name: bob }                           | the key 'servers[1].address' is missing: give its host:port",
        "{ address: 'b:2' }                      | the key 'servers[1].name' is missing: give the server a name",
        "{ name: '../up', address: 'b:2' }       | servers[1].name: '../up' is not a name",
        "bob                                     | line 4: servers[1]: a single value is here, where a group of keys",
      })
  void whatServersMayNotShareOrLeaveOutIsNamed(String second, String told) throws IOException {
    String yaml = "group: pair\nservers:\n  - { name: ada, address: 'a:1' }\n  - " + second + "\n";

    assertThat(problems(yaml)).contains(told);
  }

  @Test
  void aGroupOfOneHasNobodyToTakeOver() throws IOException {
    assertThat(problems("group: one\nservers: [{ name: ada, address: 'a:1' }]\n"))
        .contains("line 2: servers: a group of one has nobody to take over; list 2 to 63 servers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n# a comment\n"})
  void anUnknownKeyInTheLastLineIsFoundThere(String end) throws IOException {
    assertThat(problems(TWO_SERVERS + "timing:\n  lease: 200ms\n  colour: red" + end))
        .contains("line 7: timing.colour: there is no such key");
    assertThat(problems(TWO_SERVERS + "colour: red" + end))
        .contains("line 5: colour: there is no such key");
  }

  @Test
  void aGroupHasABoundedSize() throws IOException {
    StringBuilder yaml = new StringBuilder("group: crowd\nservers:\n");
    for (int port = 1; port <= 64; port++) {
      yaml.append("  - { name: s" + port + ", address: 'a:" + port + "' }\n");
    }

    assertThat(problems(yaml.toString())).contains("64 are too many; a group has 2 to 63");
  }

  @Test
  void delaysThatBreakTheBoundOfTheElectionAreRefused() throws IOException {
    String yaml =
        """
        group: three
        servers:
          - { name: ada, address: "a:1" }
          - { name: bob, address: "b:1" }
          - { name: eve, address: "c:1" }
        election: { formula: claims, delay: 1ms, delays: { ada: { bob: 2ms } } }
        """;

    assertThat(problems(yaml))
        .contains("the election delays break the bound of R11, D(i) >= D(j) + delay(j, i) + s")
        .contains("use the tight formula or smaller delays");
  }

  @Test
  void aServerThatIsNotOfTheGroupIsToldWhoIs() throws IOException {
    Path file = file(TWO_SERVERS);

    assertThatThrownBy(() -> ConfigurationReader.read(file, Optional.of("eve")))
        .hasMessageContaining("--name: 'eve' is not one of the servers [ada, bob]");
    assertThatThrownBy(() -> ConfigurationReader.read(file, Optional.empty()))
        .hasMessageContaining("say which server this is, here or by --name, one of [ada, bob]");
  }

  @Test
  void allProblemsAreSaidAtOnceInTheOrderOfTheFile() throws IOException {
    String problems =
        problems(
            """
            group: pair
            guarantee: both
            servers:
              - { name: ada, adress: "a:1" }
              - { name: ada, address: "b:0" }
            timing: { lease: 100 }
            """);

    assertThat(problems.lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).contains("line 2: guarantee"),
            line -> assertThat(line).contains("line 4: servers[0].adress"),
            line -> assertThat(line).contains("line 5: servers[1].address"),
            line -> assertThat(line).contains("line 5: servers[1].name"),
            line -> assertThat(line).contains("line 6: timing.lease"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',it is empty",
    "'# a comment',it is empty",
    "---,it is empty",
    "text,a single value is here"
  })
  void aFileThatIsNoConfigurationIsRefused(String text, String told) throws IOException {
    assertThat(problems(text)).contains(told);
  }

  @Test
  void aFileThatCanNotBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    Path large = file("#".repeat(2 << 20));

    assertThatThrownBy(() -> ConfigurationReader.read(missing, Optional.empty()))
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> ConfigurationReader.read(folder, Optional.empty()))
        .hasMessageContaining("can not be read");
    assertThatThrownBy(() -> ConfigurationReader.read(large, Optional.empty()))
        .hasMessageContaining("it is larger than");
  }

  @Test
  void aNameServerIsTheEmbeddedOneUnlessAnotherKindIsGiven() throws Exception {
    NameServerSettings settings =
        ada(TWO_SERVERS + "name_server: { address: \"ada.example:7190\", host: ada }\n")
            .nameServer()
            .orElseThrow();

    assertThat(settings.kind()).isEqualTo(NameServerSettings.Kind.EMBEDDED);
    assertThat(settings.host()).contains("ada");
  }

  @Test
  void allProblemsOfANameServerAreSaid() throws Exception {
    assertThat(problems(TWO_SERVERS + "name_server: { kind: dns, host: eve, key_name: k }\n"))
        .contains("name_server.address", "name_server.host", "only a name server of kind embedded")
        .contains("'eve' is not one of", "name_server.zone", "name_server.key_file");
    assertThat(problems(TWO_SERVERS + "name_server: { kind: etcd, user: u, key_file: f }\n"))
        .contains("name_server.password_file", "etcd takes user and password_file");
    assertThat(problems(TWO_SERVERS + "name_server: { authority: f, user: u }\n"))
        .contains("name_server.authority", "name_server.user", "only a name server of kind etcd");
  }
}
