package dev.portcullis.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Very many tokens that were made over the last year at even distances, by their number from 0,
 * written to Redis as the gateway would have (see {@code gateway/RECORDS.md}).
 */
record SeededTokens(int count, Instant now, SeededSecrets secrets) {
  /** Owns every tenth token. */
  static final String OWNER_OF_MANY = "many";

  /** Has about half of all others. */
  static final String ORGANIZATION = "acme";

  private static final String TAG = "{portcullis}:";
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int OWNERS = 9_973;
  private static final int AT_ONCE = 1_000;
  private static final String SCOPES = String.join(" ", PolicyFiles.SCOPES);
  private static final Duration YEAR = Duration.ofDays(365);

  SeededTokens {
    now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  Instant createdAt(int i) {
    return now.minus(YEAR).plusMillis(YEAR.toMillis() / count * i);
  }

  /** As the gateway's are: 10 digits of time, and 16 that are random. */
  String id(int i) {
    StringBuilder id = new StringBuilder(26);
    long millis = createdAt(i).toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      id.append(DIGITS.charAt((int) (millis >>> shift & 31)));
    }
    SplittableRandom random = new SplittableRandom(i);
    random.ints(16, 0, 32).forEach(digit -> id.append(DIGITS.charAt(digit)));
    return id.toString();
  }

  String owner(int i) {
    return i % 10 == 0 ? OWNER_OF_MANY : "p" + i % OWNERS;
  }

  /** Its owner's. */
  String email(int i) {
    return email(owner(i));
  }

  private static String email(String owner) {
    int number = owner.equals(OWNER_OF_MANY) ? OWNERS : Integer.parseInt(owner.substring(1));
    return String.format(Locale.ROOT, "owner-%04d@example.com", number);
  }

  String organization(int i) {
    return i % 10 != 0 && i % OWNERS % 2 == 0 ? ORGANIZATION : "";
  }

  /** One of a thousand. */
  boolean revoked(int i) {
    return i % 1_000 == 7;
  }

  /** One of ten ends within two weeks, in the order of numbers; the others in a year. */
  boolean endsSoon(int i) {
    return i % 10 == 3;
  }

  Instant expiresAt(int i) {
    return endsSoon(i)
        ? now.plus(Duration.ofDays(2)).plusMillis(Duration.ofDays(10).toMillis() / count * i)
        : now.plus(YEAR);
  }

  /** How the index of good tokens by creation names it. */
  String creationMember(int i) {
    return String.format(Locale.ROOT, "%015d.%s", createdAt(i).toEpochMilli(), id(i));
  }

  /** How the index of good tokens by their end names it. */
  String endMember(int i) {
    return String.format(Locale.ROOT, "%015d.%s", expiresAt(i).toEpochMilli(), creationMember(i));
  }

  /** Writes all, and their owners. */
  void write(RedisPipe redis, IntConsumer progress) throws IOException {
    writeOwners(redis);
    for (int from = 0; from < count; from += AT_ONCE) {
      int to = Math.min(count, from + AT_ONCE);
      Map<String, List<String>> indexes = new HashMap<>();
      List<String> hashes = new ArrayList<>(List.of("HSET", TAG + "token-hashes"));
      for (int i = from; i < to; i++) {
        String hash = secrets.hash(i);
        redis.add(record(i, hash));
        hashes.add(id(i));
        hashes.add(hash);
        index(i, indexes);
      }
      redis.add(hashes);
      for (List<String> command : indexes.values()) {
        redis.add(command);
      }
      redis.flush();
      if (to % 100_000 == 0) {
        progress.accept(to);
      }
    }
  }

  private static void writeOwners(RedisPipe redis) throws IOException {
    Map<String, List<String>> indexes = new HashMap<>();
    List<String> owners =
        new ArrayList<>(IntStream.range(0, OWNERS).mapToObj(owner -> "p" + owner).toList());
    owners.add(OWNER_OF_MANY);
    for (int i = 0; i < owners.size(); i++) {
      String id = owners.get(i);
      List<String> record =
          new ArrayList<>(
              List.of(
                  "HSET",
                  TAG + "principal:" + id,
                  "v",
                  "1",
                  "kind",
                  "service-account",
                  "enabled",
                  "true",
                  "email",
                  email(id),
                  "scopes",
                  SCOPES));
      if (i < OWNERS && i % 2 == 0) {
        record.addAll(List.of("organization", ORGANIZATION));
        add(indexes, "organization-principals:" + ORGANIZATION, id);
      }
      add(indexes, "principal-ids", id);
      redis.add(record);
    }
    for (List<String> command : indexes.values()) {
      redis.add(command);
    }
    redis.flush();
  }

  private List<String> record(int i, String hash) {
    List<String> record = new ArrayList<>(List.of("HSET", TAG + "token:" + hash));
    record.addAll(List.of("v", "1", "id", id(i), "principal", owner(i), "kind", "api"));
    record.addAll(List.of("scopes", SCOPES, "name", "load " + i));
    record.addAll(List.of("createdAt", createdAt(i).toString(), "createdBy", "operator"));
    record.addAll(List.of("expiresAt", expiresAt(i).toString()));
    if (!organization(i).isEmpty()) {
      record.addAll(List.of("organization", organization(i)));
    }
    if (revoked(i)) {
      record.addAll(List.of("revokedAt", now.toString()));
    }
    return record;
  }

  private void index(int i, Map<String, List<String>> indexes) {
    add(indexes, "token-ids", id(i));
    add(indexes, "principal-tokens:" + owner(i), id(i));
    if (!organization(i).isEmpty()) {
      add(indexes, "organization-tokens:" + organization(i), id(i));
    }
    if (!revoked(i)) {
      add(indexes, "live-by-creation", creationMember(i));
      add(indexes, "live-by-end", endMember(i));
    }
  }

  private static void add(Map<String, List<String>> indexes, String key, String member) {
    List<String> command =
        indexes.computeIfAbsent(key, name -> new ArrayList<>(List.of("ZADD", TAG + name)));
    command.add("0");
    command.add(member);
  }
}
