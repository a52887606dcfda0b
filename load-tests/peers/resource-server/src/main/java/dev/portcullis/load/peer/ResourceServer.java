package dev.portcullis.load.peer;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * Spring Cloud Gateway behind Spring Security's resource server, which asks an authorization server
 * for each token (RFC 7662).
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class ResourceServer {
  /** Runs it with these settings. */
  public static void main(String[] args) {
    SpringApplication.run(ResourceServer.class, args);
  }

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return http.authorizeExchange(
            exchanges -> exchanges.anyExchange().hasAuthority("SCOPE_items:read"))
        .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
        .build();
  }

  @Bean
  IdentityFilter identityFilter() {
    return new IdentityFilter();
  }
}
