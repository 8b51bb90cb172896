package org.mastership.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.Hello;

/** Whom server one talks with, and what it says to the others. */
class AdmissionTest {
  private final ServerConfiguration group = Groups.ofThree();
  private final Admission admission = new Admission(group);
  private final Hello.Builder two = RawConnection.hello(Groups.as(group, 2), 1);

  @Test
  void aServerOfTheGroupIsAccepted() {
    assertThat(admission.refusal(two.build())).isNull();
  }

  @Test
  void aClientNeedNotNameTheGroup() {
    Hello client = RawConnection.clientHello();

    assertThat(admission.refusal(client)).isNull();
    assertThat(admission.refusal(client.toBuilder().setGroup("group").build())).isNull();
    assertThat(admission.refusal(client.toBuilder().setGroup("other").build()))
        .contains("'other'", "'group'");
  }

  @Test
  void aServerMustNameTheGroup() {
    assertThat(admission.refusal(two.setGroup("").build())).contains("''", "'group'");
  }

  @Test
  void bothVersionsAreNamed() {
    assertThat(admission.refusal(two.setVersion(9).build()))
        .contains(
            "the side that connects speaks version 9", "server one (number 1)", "versions 2 to 3");
  }

  @Test
  void theVersionBeforeThisOneIsSpokenToo() {
    assertThat(admission.refusal(two.setVersion(Frames.OLDEST_VERSION).build())).isNull();
    assertThat(admission.refusal(two.setVersion(Frames.OLDEST_VERSION - 1).build()))
        .contains("speaks version 1");
  }

  @Test
  void whoIsNeitherServerNorClientIsRefused() {
    assertThat(admission.refusal(two.setKind(Hello.Kind.UNKNOWN).build())).contains("neither");
    assertThat(admission.refusal(two.setKindValue(77).build())).contains("neither");
  }

  @Test
  void aServerThatLooksForAnotherIsRefused() {
    assertThat(admission.refusal(two.setTo(3).build()))
        .contains("server number 3 is looked for", "server one (number 1)");
  }

  @Test
  void aServerMustHaveANumberOfTheGroupThatIsNotThisServers() {
    assertThat(admission.refusal(two.setFrom(0).build())).contains("server number 0", "3 servers");
    assertThat(admission.refusal(two.setFrom(1).build())).contains("server number 1");
    assertThat(admission.refusal(two.setFrom(4).build())).contains("server number 4");
    assertThat(admission.refusal(two.setFrom(-1).build())).contains("server number 4294967295");
  }

  @Test
  void onlyWhatDiffersInTheConfigurationsIsNamed() {
    ServerConfiguration other = Groups.withMostRequestBytes(Groups.as(group, 2), 2048);

    assertThat(admission.refusal(RawConnection.hello(other, 1).build()))
        .contains("the side that connects has '2048' where server one (number 1) has '1024'");
  }

  @Test
  void aConfigurationMayHaveWhatTheOtherLacks() {
    assertThat(Admission.difference("a b c", "a c")).isEqualTo("b");
    assertThat(Admission.difference("a c", "a b c")).isEmpty();
    assertThat(Admission.difference("a a", "a")).isEqualTo("a");
    assertThat(Admission.difference("", "a b")).isEmpty();
  }

  @Test
  void textOfTheOtherSideIsShortAndOnOneLine() {
    String text = "evil\n\u001b[2J" + "x".repeat(60_000);

    assertThat(admission.refusal(two.setGroup(text).build()))
        .contains("evil??[2Jxxx")
        .doesNotContain("\n")
        .hasSizeLessThan(600);
  }
}
