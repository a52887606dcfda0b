package dev.portcullis.gateway;

import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.endpoint.WhoAmI;
import dev.portcullis.gateway.proxy.ActivePolicies;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway's own routes on the data plane, a bean each. */
@Configuration(proxyBeanMethods = false)
class OwnRoutes {

  @Bean
  OwnRoute whoAmI(ObjectProvider<ActivePolicies> active) {
    return new OwnRoute(
        "GET",
        "/.portcullis/whoami",
        false,
        List.of(),
        new WhoAmI(() -> active.getObject().current()));
  }
}
