package dev.portcullis.gateway;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out one test bed whose gateway stands in for all systems of the shipped policy files. */
final class FiveSystems implements ParameterResolver {
  private static final List<String> APIS = List.of("stax-ai", "axiom", "sta", "stax", "faq");
  private static final String OWN_KEY = "cGFyYW1ldGVycGFyYW1ldGVycGFyYW1ldGVycGFyYW0=";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBed.class;
  }

  @Override
  public TestBed resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(FiveSystems.class))
        .computeIfAbsent(TestBed.class, key -> start(), TestBed.class);
  }

  private static TestBed start() {
    TestBed bed =
        TestBed.start(
            "--portcullis.redis.timeout=2s",
            "--portcullis.parameters.keys.stax-api-tokens=" + GatewayProcess.PEPPER,
            "--portcullis.parameters.keys.my-own=" + OWN_KEY);
    APIS.forEach(api -> bed.follow(ShippedPolicy.of(api).text()));
    return bed;
  }
}
