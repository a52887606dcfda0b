package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.AuditTrail.Verification;
import dev.portcullis.gateway.registry.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Replies to what operators ask about the audit trail. */
final class AuditHandlers {
  private static final String WHAT = "entry";
  private static final Set<String> PARAMETERS =
      Set.of(
          "token",
          "principal",
          "organization",
          "actor",
          "action",
          "outcome",
          "since",
          "until",
          "cursor",
          "limit");
  private static final List<MediaType> TYPES =
      List.of(
          MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON, MediaType.TEXT_EVENT_STREAM);
  private static final Pattern ID = Pattern.compile("[0-9]{1,15}-[0-9]{1,18}");
  private static final Pattern ANY_ID = Pattern.compile("[0-9]{1,20}-[0-9]{1,20}");
  private static final String LAST_SEEN = "Last-Event-ID";

  private final AuditTrail trail;
  private final VisibleAudit audit;
  private final AuditFollowing following;

  AuditHandlers(AuditTrail trail) {
    this.trail = trail;
    this.audit = new VisibleAudit(trail);
    this.following = new AuditFollowing(audit);
  }

  /** A page, all of it line by line, or what comes: as the request accepts. */
  Mono<Reply> read(OperatorCall call) {
    PageQuery query = new PageQuery(call.request().queryParams(), PARAMETERS);
    AuditFilter filter =
        new AuditFilter(
            query.id("token"),
            query.id("principal"),
            query.id("organization"),
            query.id("actor"),
            query.parsed("action", AuditHandlers::action),
            query.parsed("outcome", AuditHandlers::refused),
            query.parsed("since", Times::time),
            query.parsed("until", Times::time));
    Optional<String> cursor = query.parsed("cursor", AuditHandlers::entryId);
    int limit = query.limit();
    if (!query.problems().isEmpty()) {
      return Mono.just(Reply.refused(Problem.ofParameters(query.problems())));
    }
    Optional<MediaType> type = accepted(call.request());
    if (type.isEmpty()) {
      return Mono.just(
          Reply.refused(Problem.of(HttpStatus.NOT_ACCEPTABLE, "this is written as " + TYPES)));
    }
    // HEAD tells of the page: it has no body to stream.
    boolean paged =
        type.get().equals(MediaType.APPLICATION_JSON)
            || call.request().method().equals(HttpMethod.HEAD);
    if (!paged && type.get().equals(MediaType.TEXT_EVENT_STREAM)) {
      return follow(call, filter, cursor);
    }
    int atOnce = paged ? limit : VisibleAudit.AT_ONCE;
    return audit
        .entries(call.operator(), filter, cursor, atOnce)
        .map(
            page ->
                Reply.of(
                    WHAT,
                    page,
                    it ->
                        paged
                            ? Reply.ok(ListView.of(it, AuditView::of))
                            : new Reply.Stream(
                                MediaType.APPLICATION_NDJSON, lines(call, filter, it))));
  }

  private Flux<byte[]> lines(OperatorCall call, AuditFilter filter, Page<SealedEntry> first) {
    return audit.after(call.operator(), filter, first).map(entry -> AuditView.of(entry).line());
  }

  private Mono<Reply> follow(OperatorCall call, AuditFilter filter, Optional<String> cursor) {
    List<String> seen = call.request().headers().header(LAST_SEEN);
    if (seen.size() > 1 || seen.stream().anyMatch(id -> !ID.matcher(id).matches())) {
      return Mono.just(
          Reply.refused(
              Problem.ofParameters(
                  List.of(new FieldProblem(LAST_SEEN, "is not the id of an entry")))));
    }
    return following.follow(call, filter, seen.stream().findFirst().or(() -> cursor));
  }

  /** Checks the chain; it is all of one piece, so this is for those who see all of it. */
  Mono<Reply> verify(OperatorCall call) {
    if (call.operator().organization().isPresent()) {
      return Mono.just(
          Reply.refused(
              Problem.of(
                  HttpStatus.FORBIDDEN,
                  "this is about the whole trail, and you act for one organization")));
    }
    PageQuery query = new PageQuery(call.request().queryParams(), Set.of("cursor", "limit"));
    // Also the id of an entry that is none of the chain: the check goes on behind it.
    Optional<String> cursor = query.parsed("cursor", text -> entryId(text, ANY_ID));
    int limit = query.limitOrMost(1000);
    return query.problems().isEmpty()
        ? Stages.mono(() -> trail.verify(cursor, limit))
            .map(outcome -> Reply.of(WHAT, outcome, it -> Reply.ok(view(it))))
        : Mono.just(Reply.refused(Problem.ofParameters(query.problems())));
  }

  private static Map<String, Object> view(Verification found) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("verified", found.verified());
    view.put("next", found.next());
    view.put("through", found.through());
    view.put("total", found.total());
    view.put("problems", found.flaws());
    return view;
  }

  private static Optional<MediaType> accepted(ServerRequest request) {
    try {
      List<MediaType> wanted = new ArrayList<>(request.headers().accept());
      MimeTypeUtils.sortBySpecificity(wanted);
      return wanted.isEmpty()
          ? Optional.of(MediaType.APPLICATION_JSON)
          : wanted.stream().flatMap(each -> TYPES.stream().filter(each::includes)).findFirst();
    } catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
      return Optional.empty();
    }
  }

  private static String entryId(String text) {
    return entryId(text, ID);
  }

  private static String entryId(String text, Pattern pattern) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("is not the id of an entry, such as 1767225600000-42");
    }
    return text;
  }

  private static AuditAction action(String word) {
    return AuditAction.of(word)
        .orElseThrow(() -> new IllegalArgumentException("is no action such as token.create"));
  }

  private static boolean refused(String word) {
    return switch (word) {
      case "refused" -> true;
      case "done" -> false;
      default -> throw new IllegalArgumentException("is not done or refused");
    };
  }
}
