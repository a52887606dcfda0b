package dev.portcullis.load.latency;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * An open workload: at a constant rate users come, whether earlier ones were answered or not, and
 * ask once each, over connections that all share.
 *
 * <p>A request's time begins when its user comes. That a user comes late is told beside it.
 */
public final class ConstantArrivals extends Simulation {
  private static final String BEGUN = "begun";

  private final Plan plan = Plan.of(System.getProperties());
  private final Latencies latencies = new Latencies(plan);

  {
    setUp(
            scenario("arrivals")
                .exec(session -> session.set(BEGUN, System.nanoTime()))
                .exec(
                    http("get")
                        .get(plan.uri().toString())
                        .headers(plan.fields())
                        .check(status().is(200)))
                .exec(this::ended)
                .injectOpen(
                    constantUsersPerSec(plan.rate())
                        .during(Duration.ofSeconds(plan.warmup() + plan.seconds()))))
        .protocols(http.shareConnections().disableFollowRedirect().disableCaching());
  }

  private Session ended(Session session) {
    latencies.ended(
        session.userId() - 1, session.getLong(BEGUN), System.nanoTime(), !session.isFailed());
    return session;
  }

  @Override
  public void after() {
    System.out.println(latencies.json());
  }
}
