package org.mastership.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports point one way: harness to node to core. */
@AnalyzeClasses(packages = "org.mastership", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule coreKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("org.mastership.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.mastership.node..", "org.mastership.harness..");

  @ArchTest
  static final ArchRule nodeDoesNotKnowTheHarness =
      noClasses()
          .that()
          .resideInAPackage("org.mastership.node..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.mastership.harness..");

  @ArchTest
  static final ArchRule packagesOfANodeHaveNoCycles =
      slices().matching("org.mastership.node.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheHarnessHaveNoCycles =
      slices().matching("org.mastership.harness.(*)..").should().beFreeOfCycles();
}
