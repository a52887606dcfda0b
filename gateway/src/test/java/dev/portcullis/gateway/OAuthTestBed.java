package dev.portcullis.gateway;

/** Hands the one test bed of the OAuth endpoints to whoever asks for it. */
final class OAuthTestBed extends OneTestBed {
  /** A pepper that every gateway of this bed knows besides the current one. */
  static final String SECOND_PEPPER =
      "--portcullis.pepper.ring.p2=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

  @Override
  TestBed start() {
    TestBed bed = TestBed.start(SECOND_PEPPER, "--portcullis.redis.timeout=2s");
    bed.follow(policy("oauth"));
    bed.follow(policy("elsewhere").replace("[\"elsewhere/*:read\"]", "[\"nothing:read\"]"));
    bed.user("olga", "\"organization\":\"o\",\"scopes\":[\"*:*\",\"role:reader\"]");
    return bed;
  }

  /** A policy by which {@code reader}s read. */
  static String policy(String api) {
    return """
    api: API
    upstream: UPSTREAM
    credentials: [bearer]
    roles: {reader: ["API/*:read"]}
    routes:
      - match: GET /API/{thing}
        scopes: ["API/{thing}:read"]
      - match: PUT /API/{thing}
        scopes: ["API/{thing}:write"]
      - match: GET /API-shared/{thing}
        scopes: ["oauth/{thing}:read"]
    """
        .replace("API", api);
  }
}
