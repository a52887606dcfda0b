package dev.portcullis.gateway.aws;

import dev.portcullis.gateway.registry.ParameterStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The beans of the parameter store at AWS, where that is chosen. Wants {@link AwsSettings}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "portcullis.parameters.store", havingValue = "aws")
public class AwsConfiguration {

  @Bean(destroyMethod = "close")
  @Primary
  ParameterStore awsParameters(AwsSettings settings) {
    return SsmParameters.at(settings);
  }
}
