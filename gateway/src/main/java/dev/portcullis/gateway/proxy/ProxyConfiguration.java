package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.assertion.Assertions;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.log.LogSummaries;
import dev.portcullis.gateway.log.Sampler;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.RequestMeters;
import dev.portcullis.gateway.proxy.ProxySettings.UpstreamTimeouts;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.trace.Tracing;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.WebsocketRoutingFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/**
 * The data plane's beans. Needs an {@link AuthChain}, {@link Assertions}, {@link LastUses}, {@link
 * Meters}, {@link RequestMeters}, {@link ProxySettings}, {@link Tracing}, a clock and a ticker;
 * takes every {@link OwnRoute}; offers {@link ActivePolicies}.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:dev/portcullis/gateway/proxy/spring-cloud-gateway.properties")
public class ProxyConfiguration {

  @Bean
  ActivePolicies activePolicies(
      List<GatewayFilterFactory<?>> factories,
      ConfigurationService configurations,
      ObjectProvider<OwnRoute> own) {
    return new ActivePolicies(
        new FilterCompiler(factories, configurations), new OwnPolicies(own.stream().toList()));
  }

  @Bean
  LimitFields limitFields(InstantSource clock) {
    return new LimitFields(clock);
  }

  @Bean
  RefusalLog refusalLog(ProxySettings settings, Meters meters, Ticker ticker) {
    Sampler lines = new Sampler("refusals", settings.logs().refusals(), ticker);
    meters.suppressed("refusals", lines::leftOut);
    return new RefusalLog(lines);
  }

  @Bean
  @ConditionalOnBooleanProperty("portcullis.access-log.enabled")
  AccessLog accessLog(ProxySettings settings, Meters meters, Ticker ticker) {
    Sampler lines = new Sampler("access", settings.logs().access(), ticker);
    meters.suppressed("access", lines::leftOut);
    return new AccessLog(lines, ticker);
  }

  @Bean
  LogSummaries logSummaries(RefusalLog refusals, ObjectProvider<AccessLog> access) {
    return new LogSummaries(
            Stream.concat(Stream.of(refusals.lines()), access.stream().map(AccessLog::lines))
                .toList())
        .begun();
  }

  @Bean
  Refusals refusals(Meters meters, ActivePolicies policies, LimitFields limits, RefusalLog log) {
    return new Refusals(meters, () -> policies.current().unrouted(), limits, log);
  }

  @Bean
  Activity activity(InstantSource clock, Meters meters) {
    Activity activity = new Activity(Activity.DEFAULT_SIZE, clock);
    meters.activity(activity::kept, activity::dropped);
    return activity;
  }

  @Bean
  PassageMeters passageMeters(RequestMeters meters, Ticker ticker) {
    return new PassageMeters(meters, ticker);
  }

  @Bean
  PassageTraces passageTraces() {
    return new PassageTraces();
  }

  @Bean
  @ConditionalOnProperty("portcullis.tracing.endpoint")
  TraceFilter traceFilter() {
    return new TraceFilter();
  }

  @Bean
  Arrivals arrivals(
      ActivePolicies policies,
      ProxySettings settings,
      AuthChain chain,
      List<Passage.Observer> observers,
      Tracing tracing,
      Ticker ticker) {
    return new Arrivals(policies, settings.trustedProxies(), chain, observers, tracing, ticker);
  }

  @Bean
  Admission admission(Refusals refusals, Meters meters, Ticker ticker) {
    return new Admission(refusals, meters, ticker);
  }

  @Bean
  AuthFilter authFilter(
      Admission admission,
      Assertions assertions,
      Refusals refusals,
      LimitFields limits,
      LastUses uses,
      Meters meters,
      ProxySettings settings) {
    return new AuthFilter(
        admission,
        new OutboundHeaders(settings.identity(), assertions),
        new OwnAnswers(refusals, meters),
        limits,
        uses,
        meters);
  }

  @Bean
  UpstreamUriFilter upstreamUriFilter() {
    return new UpstreamUriFilter();
  }

  @Bean
  UpstreamFilter upstreamFilter(HttpClient client) {
    return new UpstreamFilter(new UpstreamClients(client));
  }

  @Bean
  AnswerFilter answerFilter(GatewayProperties properties) {
    return new AnswerFilter(
        new NettyWriteResponseFilter(properties.getStreamingMediaTypes(), HeaderFilters.of()));
  }

  @Bean
  WebsocketRoutingFilter webSocketFilter(HttpClient client) {
    return WebSockets.routing(client);
  }

  @Bean
  RouteFilters filteringWebHandler(List<GlobalFilter> filters) {
    return new RouteFilters(filters);
  }

  @Bean
  HttpHandler dataPlane(
      Arrivals arrivals, RouteFilters filters, Refusals refusals, ServerCodecConfigurer codecs) {
    return new DataPlane(arrivals, filters, refusals, new UpstreamFaults(), codecs);
  }

  @Bean
  OpenConnections openConnections(ProxySettings settings, Meters meters) {
    OpenConnections connections =
        new OpenConnections(settings.trustedProxies(), settings.clients());
    meters.connections(connections::open, connections::overTotal, connections::overAddress);
    return connections;
  }

  @Bean
  DataPlaneServer dataPlaneServer(
      ProxySettings settings,
      OpenConnections connections,
      Arrivals arrivals,
      Admission admission,
      Refusals refusals) {
    return new DataPlaneServer(
        settings.clients(), connections, clock -> new Door(clock, arrivals, admission, refusals));
  }

  @Bean
  HttpClientCustomizer upstreamClient(ProxySettings settings) {
    int connectMillis = Math.toIntExact(settings.upstream().connect().toMillis());
    return client ->
        client
            .protocol(HttpProtocol.HTTP11)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
            .doOnChannelInit(
                (observer, channel, address) -> watch(channel.pipeline(), settings.upstream()));
  }

  private static void watch(ChannelPipeline pipeline, UpstreamTimeouts timeouts) {
    String watch = "portcullis.upstreamWatch";
    pipeline.addAfter(NettyPipeline.HttpCodec, watch, new UpstreamWatch(timeouts));
    ResponseBoundary.guard(pipeline, watch);
  }
}
