package dev.portcullis.gateway;

import static dev.portcullis.gateway.StartRefusedException.checked;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.assertion.KeyRing;
import dev.portcullis.gateway.control.ControlSettings;
import dev.portcullis.gateway.control.OperatorToken;
import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.log.LineRate;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.proxy.ClientBounds;
import dev.portcullis.gateway.proxy.IdentityHeaders;
import dev.portcullis.gateway.proxy.ProxySettings;
import dev.portcullis.gateway.redis.RedisSettings;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.CacheSettings;
import dev.portcullis.gateway.token.Pepper;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.policy.Limit;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each part is told of the settings; a setting that cannot be followed refuses the start. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
  @Bean
  RedisSettings redisSettings(Settings settings) {
    Settings.Cache cache = settings.cache();
    return checked(
        "portcullis.cache",
        () ->
            new RedisSettings(
                Optional.ofNullable(settings.redis().uri()).map(SecretText::reveal),
                settings.redis().timeout(),
                Optional.ofNullable(settings.redis().trustedCertificates()),
                settings.data().resolve("redis"),
                new CacheSettings(
                    cache.tokens(),
                    cache.principals(),
                    cache.unknown(),
                    cache.maxStaleness(),
                    cache.unknownFor())));
  }

  @Bean
  PepperRing peppers(Settings settings) {
    Settings.Peppers peppers = settings.pepper();
    if (peppers.current() == null && peppers.ring().isEmpty() && settings.embedded()) {
      SecretText made = new SecretFile(settings.data().resolve("pepper")).readOrCreate();
      return new PepperRing(Pepper.ofBase64("embedded", made.reveal()), List.of());
    }
    if (peppers.current() == null || !peppers.ring().containsKey(peppers.current())) {
      throw new StartRefusedException(
          "No pepper: portcullis.pepper.current names no entry of portcullis.pepper.ring.",
          "Set portcullis.pepper.current=p1 and portcullis.pepper.ring.p1 to the base64 of at"
              + " least 32 random bytes, the same on every gateway of this store.");
    }
    return checked("portcullis.pepper.ring", () -> ring(peppers));
  }

  private static PepperRing ring(Settings.Peppers peppers) {
    Map<String, Pepper> ring = new LinkedHashMap<>();
    peppers.ring().forEach((id, key) -> ring.put(id, Pepper.ofBase64(id, key.reveal())));
    Pepper current = Objects.requireNonNull(ring.remove(peppers.current()));
    return new PepperRing(current, ring.values());
  }

  @Bean
  ControlSettings controlSettings(Settings settings) {
    SecretText given = settings.control().operatorToken();
    if (given == null && !settings.embedded()) {
      throw new StartRefusedException(
          "No operator token: portcullis.control.operator-token is not set.",
          "Set it to at least 32 random characters.");
    }
    SecretText token = given != null ? given : operatorTokenFile(settings).readOrCreate();
    return new ControlSettings(
        checked("portcullis.control.operator-token", () -> OperatorToken.of(token)),
        failures(settings),
        settings.control().hosts(),
        TokenLifetimes.of(settings.tokens()),
        settings.tokens().maxAge(),
        settings.tokens().expiringWithin());
  }

  static SecretFile operatorTokenFile(Settings settings) {
    return new SecretFile(settings.data().resolve("operator-token"));
  }

  @Bean
  FailureThrottle failureThrottle(Settings settings, Meters meters, Ticker ticker) {
    FailureThrottle failures =
        new FailureThrottle(failures(settings), FailureThrottle.DEFAULT_SIZE, ticker);
    meters.failures(failures::size);
    return failures;
  }

  private static Optional<Limit> failures(Settings settings) {
    String written = settings.failures().limit();
    return written.equals("none")
        ? Optional.empty()
        : Optional.of(checked("portcullis.failures.limit", () -> failureLimit(written)));
  }

  private static Limit failureLimit(String written) {
    Limit limit = Limit.ofToken(written);
    if (limit.mode() == Limit.Mode.LEASED || limit.window().isQuota()) {
      throw new IllegalArgumentException(
          "'" + written + "' is not NUMBER per second|minute|hour, or none");
    }
    return limit;
  }

  @Bean
  ProxySettings proxySettings(Settings settings) {
    Settings.Headers names = settings.identity().headers();
    Settings.Upstream upstream = settings.upstream();
    ClientBounds clients = checked("portcullis.client", () -> clientBounds(settings.client()));
    ProxySettings.Logs logs =
        new ProxySettings.Logs(
            checked(
                "portcullis.log.refusals-per-second",
                () -> new LineRate(settings.log().refusalsPerSecond())),
            checked(
                "portcullis.access-log.max-per-second",
                () -> new LineRate(settings.accessLog().maxPerSecond())));
    return checked(
        "portcullis.trusted-proxies",
        () ->
            new ProxySettings(
                new TrustedProxies(
                    settings.trustedProxies().stream().map(AddressBlock::parse).toList()),
                new IdentityHeaders(
                    names.subject(),
                    names.email(),
                    names.organization(),
                    names.tokenId(),
                    names.scopes(),
                    names.assertion()),
                new ProxySettings.UpstreamTimeouts(
                    upstream.connectTimeout(), upstream.responseTimeout(), upstream.idleTimeout()),
                clients,
                logs));
  }

  @Bean
  KeyRing assertionKeys(Settings settings, PepperRing peppers, InstantSource clock) {
    return checked(
        "portcullis.assertion.rotation",
        () -> new KeyRing(peppers, settings.assertion().rotation(), clock));
  }

  private static ClientBounds clientBounds(Settings.Client client) {
    return new ClientBounds(
        client.idleTimeout(),
        client.headTimeout(),
        client.drainTime(),
        client.writeTimeout(),
        client.minBodyRate().toBytes(),
        client.maxConnections(),
        client.maxConnectionsPerAddress());
  }

  @Bean
  Housekeeping.Spans spans(Settings settings) {
    return checked(
        "portcullis.tokens.max-age, .expiring-within or portcullis.audit.retention",
        () ->
            new Housekeeping.Spans(
                settings.tokens().maxAge(),
                settings.tokens().expiringWithin(),
                settings.audit().retention()));
  }
}
