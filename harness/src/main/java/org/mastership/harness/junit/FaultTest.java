package org.mastership.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Ground;
import org.mastership.node.service.ReplicatedService;

/**
 * A test of a service under faults, run once for each seed. The method has a parameter of the type
 * {@link FaultRun} and must let it {@linkplain FaultRun#judge judge} the service, once.
 *
 * <p>The files of a run are in {@code target/fault-tests/}; those of one that is clean are removed.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FaultTestExtension.class)
public @interface FaultTest {
  /** What is tested. It has a constructor without parameters, called at each start of a server. */
  Class<? extends ReplicatedService> service();

  /** How many servers, 2 to 15. */
  int servers() default 3;

  /** What the group promises. */
  Guarantee guarantee() default Guarantee.QUORUM;

  /** What goes wrong, one or two at a time, drawn by chance. Nothing if empty. */
  FaultKind[] faults() default {FaultKind.CRASH};

  /**
   * How long things go wrong, as in {@code 5s} or {@code 2m}; then all is healed, and the group
   * must serve again.
   */
  String duration() default "5s";

  /** How many runs, each with a seed of its own, from {@link #firstSeed} on. 1 or more. */
  int seeds() default 1;

  /** The seed of the first run; that of a run that failed shows the same faults again. */
  long firstSeed() default 1;

  /**
   * What the servers run on. {@code CONTAINERS} get the class path of the test; {@code SIMULATED}
   * takes the service through its snapshots, too, and a seed always gives the same run.
   */
  Ground ground() default Ground.EMBEDDED;

  /** How many clients ask, each one thing at a time, 1 to 256. */
  int clients() default 4;
}
