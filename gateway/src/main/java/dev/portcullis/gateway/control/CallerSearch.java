package dev.portcullis.gateway.control;

import dev.portcullis.gateway.control.CallersView.CallerView;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.policy.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** The search for those who may call a route: it looks at so many principals, and no more. */
final class CallerSearch {
  /** How many are looked at for one answer. */
  static final int MOST = 1_000;

  private static final int AT_ONCE = 200;

  private final VisiblePrincipals principals;

  CallerSearch(VisiblePrincipals principals) {
    this.principals = principals;
  }

  /** Those behind the cursor whom this operator may know of. */
  Mono<Reply> of(PlacedRoute placed, Operator operator, Optional<String> cursor) {
    return placed.route().open()
        ? Mono.just(Reply.ok(CallersView.ofAnybody(placed.id())))
        : further(placed, operator, new CallersView(placed.id(), false, List.of(), 0, cursor));
  }

  private Mono<Reply> further(PlacedRoute placed, Operator operator, CallersView sofar) {
    return principals
        .list(operator, Optional.empty(), sofar.next(), AT_ONCE)
        .flatMap(
            outcome -> {
              if (!(outcome instanceof Outcome.Done<Page<Principal>>(Page<Principal> page))) {
                return Mono.just(Reply.of("principal", outcome, Reply::ok));
              }
              CallersView view = with(placed, page, sofar);
              return view.next().isEmpty() || view.examined() >= MOST
                  ? Mono.just(Reply.ok(view))
                  : further(placed, operator, view);
            });
  }

  private static CallersView with(PlacedRoute placed, Page<Principal> page, CallersView sofar) {
    List<CallerView> items = new ArrayList<>(sofar.items());
    page.items().forEach(principal -> caller(placed, principal).forEach(items::add));
    return new CallersView(
        placed.id(), false, items, sofar.examined() + page.items().size(), page.next());
  }

  private static Stream<CallerView> caller(PlacedRoute placed, Principal principal) {
    Reach reach = principal.scopes().reach(placed.route().scopes(), placed.policy().roles());
    return reach == Reach.NONE ? Stream.empty() : Stream.of(CallerView.of(principal, reach));
  }
}
