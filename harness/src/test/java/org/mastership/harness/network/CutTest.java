package org.mastership.harness.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.harness.network.Links.Link;

/** Who hears whom when links are cut. */
class CutTest {
  private static List<Integer> heardBy(int server, Cut cut, int size) {
    return IntStream.rangeClosed(1, size)
        .filter(other -> !cut.links().contains(new Link(other, server)))
        .boxed()
        .toList();
  }

  @Test
  void twoHalvesHearNothingOfEachOther() {
    Cut cut = Cut.halves(List.of(4, 2, 1, 5, 3));

    assertThat(cut.text()).isEqualTo("s2 s4 | s1 s3 s5");
    assertThat(heardBy(4, cut, 5)).containsExactly(2, 4);
    assertThat(heardBy(5, cut, 5)).containsExactly(1, 3, 5);
  }

  @Test
  void bothHalvesHearTheBridge() {
    Cut cut = Cut.bridge(List.of(3, 1, 2, 5, 4));

    assertThat(cut.text()).isEqualTo("s1 s2 | s4 s5, s3 between");
    assertThat(heardBy(1, cut, 5)).containsExactly(1, 2, 3);
    assertThat(heardBy(4, cut, 5)).containsExactly(3, 4, 5);
    assertThat(heardBy(3, cut, 5)).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 15})
  void inARingEachServerHearsAMajorityAndEachAnotherOne(int size) {
    List<Integer> circle = IntStream.rangeClosed(1, size).boxed().toList();
    Cut cut = Cut.ring(circle);

    List<List<Integer>> heard =
        circle.stream().map(server -> heardBy(server, cut, size)).distinct().toList();
    assertThat(heard).hasSize(size).allMatch(each -> each.size() > size / 2 && each.size() < size);
  }

  @Test
  void aOneWayCutLeavesTheWayBack() {
    Cut unheard = Cut.oneWay(2, true, 3);
    Cut deaf = Cut.oneWay(2, false, 3);

    assertThat(unheard.links()).containsExactlyInAnyOrder(new Link(2, 1), new Link(2, 3));
    assertThat(deaf.links()).containsExactlyInAnyOrder(new Link(1, 2), new Link(3, 2));
    assertThat(Cut.isolated(2, 3).links())
        .containsAll(unheard.links())
        .containsAll(deaf.links())
        .hasSize(4);
  }
}
