package org.mastership.core;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Core decides on positions of requests and never sees their bytes, so that no step can copy them:
 * there is no place in it to hold bytes. Buffers of other packages are out of its reach already.
 */
@AnalyzeClasses(
    packages = "org.mastership.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class NoPayloadTest {
  private static final String CORE = "org.mastership.core";
  private static final DescribedPredicate<JavaClass> BYTES =
      DescribedPredicate.describe("bytes", type -> type.isEquivalentTo(byte[].class));

  @ArchTest
  static final ArchRule keepsNoBytes =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(CORE)
          .should()
          .haveRawType(BYTES);

  @ArchTest
  static final ArchRule takesAndGivesNoBytes =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(CORE)
          .should()
          .haveRawReturnType(BYTES)
          .orShould()
          .haveRawParameterTypes(anyElementThat(BYTES));
}
