package org.mastership.core;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.WeakHashMap;

/** Core is pure: no dependency, no I/O, no clock, no thread, no order that differs between runs. */
@AnalyzeClasses(
    packages = "org.mastership.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule needsNothingButTheLanguage =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.mastership.core",
              "org.mastership.core.trace",
              "java.lang",
              "java.util",
              "java.util.stream",
              "java.lang.runtime",
              "java.lang.invoke",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule hasNoClock =
      noClasses()
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Calendar.class, Date.class);

  @ArchTest
  static final ArchRule hasNoThread =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Timer.class, TimerTask.class, ThreadLocal.class);

  @ArchTest
  static final ArchRule hasNoChance =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SplittableRandom.class, UUID.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(Collections.class, "shuffle", List.class);

  /** Hash collections, also those that the language makes, and identity, which hashes stand for. */
  @ArchTest
  static final ArchRule hasNoHashOrder =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              HashMap.class,
              HashSet.class,
              Hashtable.class,
              IdentityHashMap.class,
              WeakHashMap.class)
          .orShould()
          .callMethodWhere(
              target(owner(belongToAnyOf(Set.class, Map.class)))
                  .and(target(nameMatching("of|ofEntries|copyOf")))
                  .as("make a Set or a Map"))
          .orShould()
          .callMethod(System.class, "identityHashCode", Object.class)
          .orShould()
          .callMethodWhere(
              target(owner(equivalentTo(Object.class)))
                  .and(target(name("hashCode")))
                  .as("hash an object's identity"));
}
