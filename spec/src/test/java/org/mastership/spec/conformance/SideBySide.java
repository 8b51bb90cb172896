package org.mastership.spec.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tlc2.tool.TLCState;

/**
 * Walks through both graphs at once, breadth first, so that the first difference is found on a
 * shortest path. Both must have the same steps, under the same names and to the same states, in
 * every state that can be reached.
 */
final class SideBySide {
  private static final int MOST_DIFFERENCES = 10;

  /** A pair of equal states, and how it was reached. */
  private record Place(@Nullable Place from, String action, CoreGroup core, TLCState spec) {
    private static final Pattern FOLLOWS =
        Pattern.compile("<<\"(Receive|Persist|Start|Connect|Admit|Execute|Read)\".*");

    boolean followsFromEarlier() {
      return FOLLOWS.matcher(action).matches();
    }
  }

  /**
   * How much was compared.
   *
   * @param states the states, which both have
   * @param steps the steps, which both have
   * @param depth the length of the longest of the shortest paths
   * @param actions how often each action was taken
   */
  record Figures(long states, long steps, int depth, Map<String, Long> actions) {}

  /** The first difference, with the steps that lead to it. */
  static final class Different extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int length;

    Different(String text, int length) {
      super(text);
      this.length = length;
    }

    /** How many steps lead to it, the one that differs included. */
    int length() {
      return length;
    }
  }

  private final CoreActions core;
  private final SpecGroup spec;
  private final Set<Fingerprint> seen = new HashSet<>();
  private final Map<String, Long> actions = new TreeMap<>();
  private Queue<Place> level = new ArrayDeque<>();
  private long states;
  private long steps;
  private int depth;

  SideBySide(CoreActions core, SpecGroup spec) {
    this.core = core;
    this.spec = spec;
  }

  /** 128 bits of a state's text: two of a billion states share them with a chance of 1e-21. */
  private record Fingerprint(long high, long low) {
    static Fingerprint of(String text) {
      long high = 0x9E3779B97F4A7C15L;
      long low = 0xC2B2AE3D27D4EB4FL;
      for (int i = 0; i < text.length(); i++) {
        high = (high ^ text.charAt(i)) * 0x100000001B3L;
        low = Long.rotateLeft(low, 5) * 0x9E3779B97F4A7C15L + text.charAt(i);
      }
      return new Fingerprint(high, low);
    }
  }

  Figures compare(CoreGroup coreInitial) {
    TLCState specInitial = spec.initial();
    requireSame(null, "Init", coreInitial.text(), spec.text(specInitial));
    reach(new Place(null, "Init", coreInitial, specInitial), coreInitial.text());
    while (!level.isEmpty()) {
      Queue<Place> current = level;
      level = new ArrayDeque<>();
      for (Place place = current.poll(); place != null; place = current.poll()) {
        compareSteps(place);
      }
      depth++;
    }
    return soFar();
  }

  /**
   * Compares the steps of each state along one path, which turns at random. Most of its steps
   * follow from earlier ones, or nothing but timers would run out.
   */
  void follow(CoreGroup coreInitial, Random random, int length) {
    Place place = new Place(null, "Init", coreInitial, spec.initial());
    for (int i = 0; i < length; i++) {
      seen.clear();
      compareSteps(place);
      List<Place> next = new ArrayList<>(level);
      level.clear();
      List<Place> following = next.stream().filter(Place::followsFromEarlier).toList();
      if (!following.isEmpty() && random.nextInt(10) < 8) {
        next = following;
      }
      if (next.isEmpty()) {
        return;
      }
      place = next.get(random.nextInt(next.size()));
    }
  }

  /** What has been compared until now. */
  Figures soFar() {
    return new Figures(states, steps, depth, actions);
  }

  private void reach(Place place, String text) {
    if (spec.isWithin(place.spec()) && seen.add(Fingerprint.of(text))) {
      states++;
      level.add(place);
    }
  }

  private void compareSteps(Place place) {
    Map<String, CoreGroup> ofCore = new HashMap<>();
    try {
      core.next(place.core(), ofCore::put);
    } catch (RuntimeException e) {
      throw new Different("after\n" + path(place) + "\ncore refuses a step: " + e, length(place));
    }
    Map<String, TLCState> ofSpec = new HashMap<>();
    spec.next(place.spec(), ofSpec::put);
    if (!ofCore.keySet().equals(ofSpec.keySet())) {
      throw different(place, ofCore.keySet(), ofSpec.keySet());
    }
    ofCore.forEach(
        (action, after) -> {
          TLCState other = ofSpec.get(action);
          String text = after.text();
          requireSame(place, action, text, spec.text(other));
          steps++;
          actions.merge(action.substring(3, action.indexOf('"', 3)), 1L, Long::sum);
          reach(new Place(place, action, after, other), text);
        });
  }

  private static Different different(Place place, Set<String> ofCore, Set<String> ofSpec) {
    Set<String> coreOnly = new TreeSet<>(ofCore);
    coreOnly.removeAll(ofSpec);
    Set<String> specOnly = new TreeSet<>(ofSpec);
    specOnly.removeAll(ofCore);
    return new Different(
        "after\n"
            + path(place)
            + "\nonly core has the steps "
            + coreOnly
            + "\nonly the specification has the steps "
            + specOnly
            + "\nin the state\n"
            + place.core().text(),
        length(place));
  }

  private static void requireSame(
      @Nullable Place place, String action, String ofCore, String ofSpec) {
    if (!ofCore.equals(ofSpec)) {
      throw new Different(
          "after\n"
              + (place == null ? "" : path(place))
              + "\nthe step "
              + action
              + " leads to different states:\n"
              + String.join("\n", differences(ofCore, ofSpec))
              + (place == null ? "" : "\nfrom the state\n" + place.core().text()),
          length(place));
    }
  }

  /** The places at which two texts differ, each with some of what is around it. */
  private static List<String> differences(String ofCore, String ofSpec) {
    List<String> found = new ArrayList<>();
    String[] core = ofCore.split(", |\n", -1);
    String[] spec = ofSpec.split(", |\n", -1);
    for (int i = 0; i < Math.max(core.length, spec.length); i++) {
      String one = i < core.length ? core[i] : "(nothing)";
      String other = i < spec.length ? spec[i] : "(nothing)";
      if (!one.equals(other) && found.size() < MOST_DIFFERENCES) {
        found.add("  core has " + one + "  the specification has " + other);
      }
    }
    return found;
  }

  /** How many steps lead to a difference right after a place. */
  private static int length(@Nullable Place place) {
    int length = 0;
    for (Place at = place; at != null; at = at.from()) {
      length++;
    }
    return length;
  }

  private static String path(Place place) {
    List<String> path = new ArrayList<>();
    for (Place at = place; at != null; at = at.from()) {
      path.add(at.action());
    }
    Collections.reverse(path);
    return String.join("\n", path);
  }
}
