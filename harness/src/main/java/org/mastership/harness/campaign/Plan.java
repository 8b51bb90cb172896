package org.mastership.harness.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunSettings;

/**
 * Which runs a campaign has, in which order: in each round, on each ground and for each guarantee,
 * each fault alone, then mixtures. So a campaign that is ended early has seen something of
 * everything. Each round takes the next seeds.
 */
public final class Plan {
  private static final int LEAST_OF_A_MIXTURE = 2;

  private final Shape shape;
  private final Faults faults;
  private final Settings settings;
  private final List<PlannedRun> runs = new ArrayList<>();

  /**
   * What a campaign is to be like.
   *
   * @param rounds how often all is run
   * @param mixtures so many in each round, on each ground and for each guarantee
   * @param seed the first one
   */
  public record Shape(
      List<Ground> grounds, List<Guarantee> guarantees, int rounds, int mixtures, long seed) {
    public Shape {
      grounds = List.copyOf(grounds);
      guarantees = List.copyOf(guarantees);
    }
  }

  /** The faults that there are on a ground. */
  @FunctionalInterface
  public interface Faults {
    Set<FaultKind> on(Ground ground);
  }

  /** Makes the settings of one run. */
  @FunctionalInterface
  public interface Settings {
    RunSettings of(Ground ground, Guarantee guarantee, Set<FaultKind> faults, long seed);
  }

  private Plan(Shape shape, Faults faults, Settings settings) {
    this.shape = shape;
    this.faults = faults;
    this.settings = settings;
  }

  /** The runs, in order. */
  public static List<PlannedRun> of(Shape shape, Faults faults, Settings settings) {
    Plan plan = new Plan(shape, faults, settings);
    for (int round = 0; round < shape.rounds; round++) {
      for (Ground ground : shape.grounds) {
        for (Guarantee guarantee : shape.guarantees) {
          plan.add(round, ground, guarantee);
        }
      }
    }
    return List.copyOf(plan.runs);
  }

  private void add(int round, Ground ground, Guarantee guarantee) {
    Set<FaultKind> all = new TreeSet<>(faults.on(ground));
    for (FaultKind fault : all) {
      RunSettings run = settings.of(ground, guarantee, Set.of(fault), shape.seed + round);
      runs.add(new PlannedRun(fault.toString(), run));
    }
    for (int i = 0; i < shape.mixtures && all.size() >= LEAST_OF_A_MIXTURE; i++) {
      long seed = shape.seed + (long) round * shape.mixtures + i;
      RunSettings run = settings.of(ground, guarantee, mixture(all, seed), seed);
      runs.add(new PlannedRun(PlannedRun.MIXTURE, run));
    }
  }

  /** Each fault as likely as not, so that a mixture has room for few as well as for nearly all. */
  private static Set<FaultKind> mixture(Set<FaultKind> all, long seed) {
    Random random = new Random(seed);
    Set<FaultKind> drawn = new TreeSet<>();
    while (drawn.size() < LEAST_OF_A_MIXTURE) {
      drawn.clear();
      all.stream().filter(fault -> random.nextBoolean()).forEach(drawn::add);
    }
    return drawn;
  }
}
