package org.mastership.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

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
              "java.lang",
              "java.util",
              "java.lang.runtime",
              "java.lang.invoke",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule hasNoClock =
      noClasses()
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule hasNoThread =
      noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule hasNoChanceAndNoHashOrder =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, HashMap.class, HashSet.class)
          .orShould()
          .callMethodWhere(
              com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                      com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                          com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf(
                              Set.class, Map.class)))
                  .as("make a Set or a Map"));
}
