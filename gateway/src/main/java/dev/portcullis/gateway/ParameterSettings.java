package dev.portcullis.gateway;

import static dev.portcullis.gateway.StartRefusedException.checked;

import dev.portcullis.gateway.aws.AwsSettings;
import dev.portcullis.gateway.redis.ParameterKeys;
import dev.portcullis.gateway.token.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the parameter stores are told of the settings. */
@Configuration(proxyBeanMethods = false)
class ParameterSettings {
  @Bean
  ParameterKeys parameterKeys(Settings settings) {
    Map<String, SecretText> keys = new LinkedHashMap<>(settings.parameters().keys());
    if (settings.embedded() && settings.parameters().store() == Parameters.Place.BUILT_IN) {
      SecretFile file = new SecretFile(settings.data().resolve("parameter-key"));
      keys.putIfAbsent("embedded", file.readOrCreate());
    }
    return checked("portcullis.parameters.keys", () -> new ParameterKeys(keys));
  }

  @Bean
  @ConditionalOnProperty(name = "portcullis.parameters.store", havingValue = "aws")
  AwsSettings awsSettings(Settings settings) {
    Parameters.Aws aws = settings.parameters().aws();
    String region = aws.region();
    if (region == null) {
      throw new StartRefusedException(
          "No region: portcullis.parameters.aws.region is not set.",
          "Set it to the region whose parameter store is to be used, such as eu-central-1.");
    }
    return checked(
        "portcullis.parameters.aws",
        () -> new AwsSettings(region, Optional.ofNullable(aws.endpoint()), aws.timeout()));
  }
}
