package dev.portcullis.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.portcullis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String GATEWAY = "dev.portcullis.gateway";

  @ArchTest
  static final ArchRule policyKnowsNoFramework =
      noClasses()
          .that()
          .resideInAPackage("dev.portcullis.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY + "..", "org.springframework..", "reactor..", "io.lettuce..")
          .because("a policy file is read the same way by the gateway, the linter and an editor");

  @ArchTest
  static final ArchRule tokenKnowsOnlyTheJdkCaffeineAndPolicy =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".token..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "com.github.benmanes.caffeine..",
              "dev.portcullis.policy..",
              GATEWAY + ".token..")
          .because("what a token is does not depend on where it is kept or how it arrives");

  @ArchTest
  static final ArchRule limitKnowsOnlyTheJdkCaffeineBucket4jAndPolicy =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".limit..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.github.benmanes.caffeine..",
              "io.github.bucket4j",
              "io.github.bucket4j.local..",
              "dev.portcullis.policy..",
              GATEWAY + ".limit..")
          .because("who has had how much does not depend on where it is counted");

  @ArchTest
  static final ArchRule decisionKnowsOnlyTheJdkPolicyTokenAndLimit =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".decision..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.portcullis.policy..",
              GATEWAY + ".token..",
              GATEWAY + ".limit..",
              GATEWAY + ".decision..")
          .because("the chain is tested without Spring, Reactor or Redis");

  @ArchTest
  static final ArchRule registryKnowsNoFramework =
      classes()
          .that()
          .resideInAnyPackage(GATEWAY + ".audit..", GATEWAY + ".registry..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.portcullis.policy..",
              GATEWAY + ".token..",
              GATEWAY + ".audit..",
              GATEWAY + ".registry..")
          .because("what may be changed, and what is said of it, does not depend on the store");

  @ArchTest
  static final ArchRule endpointsKnowNoFramework =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".endpoint..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "tools.jackson..",
              "dev.portcullis.policy..",
              GATEWAY + ".token..",
              GATEWAY + ".limit..",
              GATEWAY + ".decision..",
              GATEWAY + ".audit..",
              GATEWAY + ".registry..",
              GATEWAY + ".endpoint..")
          .because("what token holders are told depends on neither the server nor the store");

  @ArchTest
  static final ArchRule chainDoesNotKnowTheRegistry =
      noClasses()
          .that()
          .resideInAnyPackage(GATEWAY + ".decision..", GATEWAY + ".proxy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY + ".registry..", GATEWAY + ".audit..")
          .because("the data plane reads facts and changes none");

  @ArchTest
  static final ArchRule metersKnowOnlyMicrometerAndReasons =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".meter..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.micrometer..",
              "dev.portcullis.policy..",
              GATEWAY + ".meter..")
          .because("every edge records through it, so it may depend on none");

  @ArchTest
  static final ArchRule healthKnowsNoFramework =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".health..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "dev.portcullis.policy..", GATEWAY + ".health..")
          .because("how the gateway is does not depend on who is told");

  @ArchTest
  static final ArchRule logKnowsOnlyTheLoggingLibraries =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".log..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.github.benmanes.caffeine..",
              "org.slf4j..",
              "ch.qos.logback..",
              GATEWAY + ".log..")
          .because("it is there before Spring is, and every part may log");

  @ArchTest
  static final ArchRule assertionKnowsNoFramework =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".assertion..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "com.github.benmanes.caffeine..",
              "tools.jackson..",
              GATEWAY + ".token..",
              GATEWAY + ".decision..",
              GATEWAY + ".endpoint..",
              GATEWAY + ".assertion..")
          .because("what is said of an identity does not depend on how it is sent");

  @ArchTest
  static final ArchRule nothingKnowsTheRoot =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + ".*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GATEWAY)
          .because("wiring is the root's, and only the root's");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Service|Manager|Helper|Utils?|Impl)")
          .because("these words name no thing of the field");
}
