package dev.portcullis.load.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Admits a bearer token whose SHA-256 is in Redis, with its owner's e-mail, its scopes and its end.
 */
final class TokenFilter implements GlobalFilter, Ordered {
  private static final String BEARER = "Bearer ";
  private static final String SCOPE = "items:read";
  private static final List<String> FIELDS = List.of("email", "scopes", "expires");

  private final ReactiveHashOperations<String, String, String> tokens;

  TokenFilter(ReactiveStringRedisTemplate redis) {
    this.tokens = redis.opsForHash();
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    HttpHeaders headers = exchange.getRequest().getHeaders();
    String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return refuse(exchange);
    }
    String email = headers.getFirst("Email");
    return tokens
        .multiGet("token:" + sha256(authorization.substring(BEARER.length())), FIELDS)
        .flatMap(
            token ->
                admits(token, email)
                    ? chain.filter(identified(exchange, email))
                    : refuse(exchange));
  }

  private static boolean admits(List<@Nullable String> token, @Nullable String email) {
    String owner = token.get(0);
    String scopes = token.get(1);
    String expires = token.get(2);
    return owner != null
        && scopes != null
        && expires != null
        && owner.equals(email)
        && Arrays.asList(scopes.split(" ")).contains(SCOPE)
        && Instant.parse(expires).isAfter(Instant.now());
  }

  private static ServerWebExchange identified(ServerWebExchange exchange, @Nullable String email) {
    ServerHttpRequest request =
        exchange
            .getRequest()
            .mutate()
            .headers(
                headers -> {
                  headers.remove(HttpHeaders.AUTHORIZATION);
                  headers.set("X-Auth-Email", email);
                })
            .build();
    return exchange.mutate().request(request).build();
  }

  private static Mono<Void> refuse(ServerWebExchange exchange) {
    exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
    return exchange.getResponse().setComplete();
  }

  private static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
