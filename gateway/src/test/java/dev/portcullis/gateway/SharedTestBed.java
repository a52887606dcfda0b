package dev.portcullis.gateway;

/** Hands the one test bed that all tables of cases share to whoever asks for it. */
final class SharedTestBed extends OneTestBed {
  /** A peer at this address of loopback is a trusted proxy. */
  static final String PROXY = "127.0.0.2";

  /** How many unknown hashes the near cache keeps. */
  static final int UNKNOWN = 500;

  @Override
  TestBed start() {
    return TestBed.start(
        "--portcullis.trusted-proxies=" + PROXY,
        "--portcullis.cache.unknown=" + UNKNOWN,
        // no case here is about an outage, and a busy machine is none
        "--portcullis.redis.timeout=2s");
  }
}
