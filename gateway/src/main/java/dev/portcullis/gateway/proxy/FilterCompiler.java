package dev.portcullis.gateway.proxy;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.BeanUtils;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.HasRouteId;
import org.springframework.cloud.gateway.support.NameUtils;
import org.springframework.cloud.gateway.support.ShortcutConfigurable.ShortcutType;
import org.springframework.core.Ordered;

/** Makes stock filters of their short form, {@code Name=argument,argument}. */
final class FilterCompiler {
  private final Map<String, GatewayFilterFactory<?>> factories = new HashMap<>();
  private final ConfigurationService configurations;

  FilterCompiler(List<GatewayFilterFactory<?>> factories, ConfigurationService configurations) {
    factories.forEach(factory -> this.factories.put(factory.name(), factory));
    this.configurations = configurations;
  }

  /**
   * The filter that stands at this place of its route's list, from 0.
   *
   * @throws IllegalArgumentException with a message for people, when there is no such filter or its
   *     arguments are not sound
   */
  GatewayFilter compile(String text, int place, String routeId) {
    // Spring Cloud Gateway would run it as code (CVE-2022-22947)
    if (text.contains("#{")) {
      throw new IllegalArgumentException("'" + text + "': expressions have no place in a filter");
    }
    FilterDefinition definition = new FilterDefinition(text);
    GatewayFilterFactory<?> factory = factories.get(definition.getName());
    if (factory == null) {
      throw new IllegalArgumentException("there is no filter '" + definition.getName() + "'");
    }
    GatewayFilter filter;
    try {
      filter = apply(factory, definition, routeId);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("'" + text + "': " + reason(e), e);
    }
    return filter instanceof Ordered ? filter : new OrderedGatewayFilter(filter, place + 1);
  }

  /** Whether the filter keeps something by route, so that routes cannot share it. */
  boolean isOfOneRoute(String text) {
    GatewayFilterFactory<?> factory = factories.get(new FilterDefinition(text).getName());
    return factory != null && HasRouteId.class.isAssignableFrom(factory.getConfigClass());
  }

  private <C> GatewayFilter apply(
      GatewayFilterFactory<C> factory, FilterDefinition definition, String routeId) {
    C configuration =
        configurations
            .with(factory)
            .name(factory.name())
            .properties(named(factory, List.copyOf(definition.getArgs().values())))
            .bind();
    if (configuration instanceof HasRouteId of) {
      of.setRouteId(routeId);
    }
    return factory.apply(configuration);
  }

  /**
   * The arguments under their names. Spring Cloud Gateway would ignore those that a filter has no
   * place for, and all arguments of a filter that names none, as {@code RequestSize} does.
   */
  private static Map<String, String> named(GatewayFilterFactory<?> factory, List<String> given) {
    List<String> names = factory.shortcutFieldOrder();
    if (names.isEmpty()) {
      names =
          Arrays.stream(BeanUtils.getPropertyDescriptors(factory.getConfigClass()))
              .filter(property -> property.getWriteMethod() != null)
              .map(PropertyDescriptor::getName)
              .toList();
    }
    boolean list = factory.shortcutType() != ShortcutType.DEFAULT;
    if (!list && given.size() > names.size()) {
      throw new IllegalArgumentException(
          "takes " + names.size() + " arguments and not " + given.size());
    }
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      named.put(list ? NameUtils.generateName(i) : names.get(i), given.get(i));
    }
    return named;
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
