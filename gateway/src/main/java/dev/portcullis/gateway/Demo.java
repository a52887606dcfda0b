package dev.portcullis.gateway;

import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Policies;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What is served where no policies are set: the demo policy, an upstream that echoes, a token. */
@Configuration(proxyBeanMethods = false)
@Conditional(Demo.NoPolicies.class)
class Demo {

  /** No policies are set. */
  static final class NoPolicies implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().containsProperty("portcullis.policies");
    }
  }

  @Bean
  EchoUpstream echoUpstream(Settings settings) {
    if (!settings.embedded()) {
      throw new StartRefusedException(
          "No policies: portcullis.policies is not set, and the demo is not for an external Redis.",
          "Set portcullis.policies to a directory of policy files.");
    }
    return EchoUpstream.start(0);
  }

  @Bean
  DemoToken demoToken(
      Settings settings, TokenStore store, Registrar registrar, PepperRing peppers) {
    return new DemoToken(
        new SecretFile(settings.data().resolve("demo-token")), store, registrar, peppers);
  }

  @Bean
  ApplicationRunner demoRunner(
      PolicyActivation activation,
      EchoUpstream upstream,
      DemoToken token,
      Settings settings,
      Environment environment) {
    return arguments -> {
      List<Problem> problems = activation.activate(Policies.of(1, demoPolicies(upstream.uri())));
      if (!problems.isEmpty()) {
        throw new IllegalStateException("the demo policy is not fit: " + problems);
      }
      token.ensure();
      print(token.file().path(), settings, environment);
    };
  }

  private static List<Policy> demoPolicies(URI upstream) {
    return switch (PolicyReader.readDemo()) {
      case PolicyReader.Read(var policies, var warnings) ->
          policies.stream().map(policy -> policy.withUpstream(upstream)).toList();
      case PolicyReader.Unsound(var problems) ->
          throw new IllegalStateException("the demo policy is not sound: " + problems);
    };
  }

  private static void print(Path token, Settings settings, Environment environment) {
    System.out.printf(
        """

        Portcullis serves its demo policy. Try it:

        curl -i -H 'Email: %s' -H "Authorization: Bearer $(cat '%s')" http://127.0.0.1:%s/hello

        Look around: http://127.0.0.1:%s/
        Operator token: %s

        """,
        DemoToken.EMAIL,
        token.toAbsolutePath(),
        environment.getRequiredProperty("local.server.port"),
        environment.getRequiredProperty("local.management.port"),
        SettingsConfiguration.operatorTokenFile(settings).path().toAbsolutePath());
  }
}
