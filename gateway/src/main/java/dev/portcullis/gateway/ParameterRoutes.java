package dev.portcullis.gateway;

import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.endpoint.ParameterFetch;
import dev.portcullis.gateway.registry.ParameterReader;
import dev.portcullis.gateway.registry.TokenRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/** The routes on which programs fetch parameters, where those are in the gateway's own store. */
final class ParameterRoutes implements BeanRegistrar {

  @Override
  public void register(BeanRegistry registry, Environment environment) {
    if (environment.getProperty("portcullis.parameters.store", "").equalsIgnoreCase("aws")) {
      return;
    }
    registry.registerBean(
        ParameterFetch.class,
        fetch ->
            fetch.supplier(
                beans ->
                    new ParameterFetch(
                        beans.bean(ParameterReader.class),
                        beans.bean(TokenRegistry.class),
                        beans.bean(InstantSource.class))));
    for (int i = 1; i <= ParameterFetch.DEEPEST; i++) {
      int depth = i;
      registry.registerBean(
          "parametersOfDepth" + depth,
          OwnRoute.class,
          route -> route.supplier(beans -> beans.bean(ParameterFetch.class).route(depth)));
    }
  }
}
