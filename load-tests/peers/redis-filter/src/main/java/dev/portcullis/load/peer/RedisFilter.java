package dev.portcullis.load.peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Spring Cloud Gateway with a global filter that looks each token up in Redis. */
@SpringBootApplication(proxyBeanMethods = false)
public class RedisFilter {
  /** Runs it with these settings. */
  public static void main(String[] args) {
    SpringApplication.run(RedisFilter.class, args);
  }

  @Bean
  TokenFilter tokenFilter(ReactiveStringRedisTemplate redis) {
    return new TokenFilter(redis);
  }
}
