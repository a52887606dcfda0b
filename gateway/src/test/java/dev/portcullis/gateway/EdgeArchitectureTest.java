package dev.portcullis.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the edges know, and what only they know. */
@AnalyzeClasses(packages = "dev.portcullis", importOptions = DoNotIncludeTests.class)
class EdgeArchitectureTest {
  private static final String GATEWAY = "dev.portcullis.gateway";

  @ArchTest
  static final ArchRule issuerKnowsOnlyNimbusAndTheChain =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".issuer..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.github.benmanes.caffeine..",
              "com.nimbusds..",
              "dev.portcullis.policy..",
              GATEWAY + ".token..",
              GATEWAY + ".decision..",
              GATEWAY + ".meter..",
              GATEWAY + ".issuer..")
          .because("how others' tokens are verified is one port of the chain's");

  @ArchTest
  static final ArchRule onlyIssuerKnowsNimbus =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY + ".issuer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..")
          .because("what is signed here is verified by another library than the one that signs");

  @ArchTest
  static final ArchRule edgesDoNotKnowEachOther =
      slices()
          .matching(GATEWAY + ".(redis|aws|proxy|control|cli|issuer)..")
          .should()
          .notDependOnEachOther()
          .because("an edge can be replaced without the others noticing");

  @ArchTest
  static final ArchRule onlyRedisKnowsLettuce =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY + ".redis..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lettuce..")
          .because("the store is behind two ports");

  @ArchTest
  static final ArchRule onlyAwsKnowsTheAwsSdk =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY + ".aws..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..")
          .because("most gateways never load it");

  @ArchTest
  static final ArchRule awsKnowsOnlyItsPort =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + ".aws..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              GATEWAY,
              GATEWAY + ".decision..",
              GATEWAY + ".endpoint..",
              GATEWAY + ".limit..",
              "reactor..",
              "io.netty..")
          .because("it puts parameters and decides nothing");

  @ArchTest
  static final ArchRule onlyTheDataPlaneKnowsSpringCloudGateway =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY + ".proxy..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework.cloud..")
          .because("how requests are proxied is the data plane's business");

  @ArchTest
  static final ArchRule onlyTraceKnowsOpenTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY + ".trace..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..")
          .because("most requests are not followed, and nobody else should care which are");

  @ArchTest
  static final ArchRule traceKnowsWhatWasDecidedAndNotHow =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".trace..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.opentelemetry..",
              "io.prometheus.metrics.tracer.common..",
              "dev.portcullis.policy..",
              GATEWAY + ".token..",
              GATEWAY + ".decision..",
              GATEWAY + ".meter..",
              GATEWAY + ".trace..")
          .because("what is told of a request does not depend on the server that answers it");

  @ArchTest
  static final ArchRule commandLineKnowsOnlyPolicyAndHttp =
      classes()
          .that()
          .resideInAPackage(GATEWAY + ".cli..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "picocli..",
              "tools.jackson..",
              "dev.portcullis.policy..",
              GATEWAY + ".cli..")
          .because("the command line starts in a blink and works against any gateway");

  @ArchTest
  static final ArchRule nothingBlocksAnEventLoop =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + "..")
          .should()
          .callMethod("reactor.core.publisher.Mono", "block")
          .orShould()
          .callMethod("reactor.core.publisher.Flux", "blockLast")
          .because("an event loop that waits stalls every connection on it");
}
