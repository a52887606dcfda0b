package dev.portcullis.gateway;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one test bed that all tables of cases share to whoever asks for it. */
final class SharedTestBed implements ParameterResolver {
  /** A peer at this address of loopback is a trusted proxy. */
  static final String PROXY = "127.0.0.2";

  /** How many unknown hashes the near cache keeps. */
  static final int UNKNOWN = 500;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBed.class;
  }

  @Override
  public TestBed resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedTestBed.class))
        .computeIfAbsent(
            TestBed.class,
            key ->
                TestBed.start(
                    "--portcullis.trusted-proxies=" + PROXY,
                    "--portcullis.cache.unknown=" + UNKNOWN,
                    // no case here is about an outage, and a busy machine is none
                    "--portcullis.redis.timeout=2s"),
            TestBed.class);
  }
}
