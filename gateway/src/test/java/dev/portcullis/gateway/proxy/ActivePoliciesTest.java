package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.proxy.ActivePolicies.Swapped;
import dev.portcullis.gateway.proxy.ActivePolicies.Unfit;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Route;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies are put in force whole, or not at all. */
class ActivePoliciesTest extends DataPlaneKit {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NoSuchFilter",
        "StripPrefix=one",
        "RewritePath=(",
        "SetStatus=NOT_A_STATUS",
        "RequestSize=lots",
        "AddRequestHeader=X-A",
        "AddRequestHeader=X-A, a, b",
        "PreserveHostHeader=yes",
        "",
        "AddRequestHeader=X-A, #{T(java.lang.Runtime).getRuntime().exec('true')}",
        "AddResponseHeader=X-A, #{1+1}"
      })
  void aFilterThatCannotBeMadeIsAProblemAndNothingChanges(String filter) {
    long before = gateway.bean(ActivePolicies.class).current().generation();
    ActivePolicies.Swap swap =
        gateway.follow(
            TestPolicies.bearer(
                upstream.uri(),
                TestPolicies.open("/new"),
                TestPolicies.open("/other", "StripPrefix=1", filter)));
    assertThat(swap)
        .isInstanceOfSatisfying(
            Unfit.class,
            unfit ->
                assertThat(unfit.problems())
                    .singleElement()
                    .satisfies(
                        problem -> {
                          assertThat(problem.path()).isEqualTo("routes[1].filters[1]");
                          assertThat(problem.message()).isNotBlank();
                        }));
    assertThat(gateway.bean(ActivePolicies.class).current().generation()).isEqualTo(before);
    assertThat(get("/new").status()).isEqualTo(404);
    assertThat(get("/open/x").status()).isEqualTo(200);
  }

  @Test
  void allProblemsAreToldTogether() {
    ActivePolicies.Swap swap =
        gateway.follow(
            TestPolicies.bearer(
                upstream.uri(),
                TestPolicies.open("/a", "Nope", "StripPrefix=x"),
                TestPolicies.open("/b", "NotThis")));
    assertThat(swap)
        .isInstanceOfSatisfying(Unfit.class, unfit -> assertThat(unfit.problems()).hasSize(3));
  }

  @Test
  void aRequestInFlightEndsAsItBegan() {
    CountDownLatch release = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          try {
            release.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            return false;
          }
          return RawUpstream.Behaviour.answering(RawUpstream.OK).handle(head, in, out);
        });
    follow(TestPolicies.open("/open/**", "AddResponseHeader=X-Generation, one"));
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      await().until(() -> upstream.requests().size() == 1);
      follow(TestPolicies.open("/elsewhere"));
      assertThat(get("/open/x").status()).isEqualTo(404);
      release.countDown();
      RawConnection.Response response = connection.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.field("X-Generation")).contains("one");
    }
  }

  @Test
  void aSwapUnderLoadFailsNoRequest() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread swapping =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !done.get(); i++) {
                    follow(TestPolicies.open("/open/**"), TestPolicies.open("/r" + i));
                  }
                });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (int i = 0; i < 500; i++) {
        assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(200);
      }
    } finally {
      done.set(true);
      swapping.join();
    }
  }

  @Test
  void tenThousandRoutesAreCompiledAndFound() {
    Route[] routes =
        IntStream.range(0, 10_000)
            .mapToObj(i -> TestPolicies.open("/r" + i + "/{id}/**", "StripPrefix=1"))
            .toArray(Route[]::new);
    Policy policy = TestPolicies.bearer(upstream.uri(), routes);
    assertThat(gateway.follow(policy)).isInstanceOf(Swapped.class);
    assertThat(get("/r0/a/b").status()).isEqualTo(200);
    assertThat(get("/r9999/a/b").status()).isEqualTo(200);
    assertThat(upstream.last().target()).isEqualTo("/a/b");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "StripPrefix=2 | /v1?a=%2C&b=",
        "PrefixPath=/pre | /pre/open/x/v1?a=%2C&b=",
        "SetPath=/set/{id} | /set/v1?a=%2C&b=",
        "'RewritePath=/open/(?<rest>.*), /$\\{rest}' | /x/v1?a=%2C&b=",
        "RemoveRequestParameter=a | /open/x/v1?b=",
        "AddRequestParameter=c, d | /open/x/v1?a=%2C&b=&c=d"
      })
  void stockFiltersOfThePathWork(String filter, String target) {
    follow(TestPolicies.open("/open/x/{id}", filter));
    assertThat(get("/open/x/v1?a=%2C&b=").status()).isEqualTo(200);
    assertThat(upstream.last().target()).isEqualTo(target);
  }

  @Test
  void stockFiltersOfHeadersWork() {
    follow(
        TestPolicies.open(
            "/open/{id}",
            "AddRequestHeader=X-Id, {id}",
            "RemoveRequestHeader=X-Gone",
            "AddResponseHeader=X-Answer, {id}",
            "RemoveResponseHeader=X-Secret",
            "SetStatus=202"));
    upstream.behave(
        RawUpstream.Behaviour.answering(
            "HTTP/1.1 200 OK\r\nX-Secret: s\r\nContent-Length: 0\r\n\r\n"));
    RawConnection.Response response = get("/open/abc", "X-Gone: 1");
    assertThat(response.status()).isEqualTo(202);
    assertThat(response.field("X-Answer")).contains("abc");
    assertThat(response.field("X-Secret")).isEmpty();
    assertThat(upstream.last().values("X-Id")).containsExactly("abc");
    assertThat(upstream.last().values("X-Gone")).isEmpty();
  }

  @Test
  void stockFiltersOfTheBodyWork() {
    follow(TestPolicies.open("/open/**", "RequestSize=5"));
    assertThat(send(request("POST /open/x", "Content-Length: 6") + "toobig").status())
        .isEqualTo(413);
    assertThat(send(request("POST /open/x", "Content-Length: 5") + "small").status())
        .isEqualTo(200);
    assertThat(upstream.last().body()).isEqualTo("small");
  }

  @Test
  void stockFiltersThatAnswerThemselvesWork() {
    follow(TestPolicies.open("/open/**", "RedirectTo=302, https://elsewhere.test/"));
    RawConnection.Response response = get("/open/x");
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.field("Location")).contains("https://elsewhere.test/");
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void noFilterRunsBeforeTheRequestIsAuthenticated() {
    follow(TestPolicies.route("/api/**", "RedirectTo=302, https://elsewhere.test/"));
    assertThat(send("GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(401);
    assertThat(get("/api/x").status()).isEqualTo(302);
  }
}
