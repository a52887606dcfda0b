package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.registry.Importation;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Replies to imports, line by line, while they are read. Lines are done side by side and told of in
 * order.
 */
final class ImportHandler {
  private static final int AT_ONCE = 64;

  /**
   * How many lines may be done whose results the client has not read: so many that one who reads
   * only after having sent everything gets through, if it has no more.
   */
  private static final int UNREAD = 128 * 1024;

  private final VisiblePrincipals principals;
  private final VisibleTokens tokens;
  private final Importation importation;
  private final Grants grants;
  private final RulesPerApi rules;
  private final RefusedCalls refusals;
  private final InstantSource clock;

  ImportHandler(
      VisiblePrincipals principals,
      VisibleTokens tokens,
      Importation importation,
      Grants grants,
      RulesPerApi rules,
      RefusedCalls refusals,
      InstantSource clock) {
    this.principals = principals;
    this.tokens = tokens;
    this.importation = importation;
    this.grants = grants;
    this.rules = rules;
    this.refusals = refusals;
    this.clock = clock;
  }

  Mono<Reply> importAll(OperatorCall call) {
    return Mono.just(
        RequestBody.isOf(MediaType.APPLICATION_NDJSON, call.request())
            ? new Reply.Stream(MediaType.APPLICATION_NDJSON, results(call))
            : Reply.refused(
                Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "send 'Content-Type: application/x-ndjson'")));
  }

  private Flux<byte[]> results(OperatorCall call) {
    TokenImport lines =
        new TokenImport(call, principals, tokens, importation, grants, rules, clock);
    Map<String, Long> counts = new ConcurrentHashMap<>();
    Flux<DataBuffer> body = call.request().body(BodyExtractors.toDataBuffers());
    return Lines.of(body, RequestBody.MAX_BYTES)
        .flatMapSequential(lines::done, AT_ONCE, 1)
        .doOnNext(line -> counts.merge(line.status(), 1L, Long::sum))
        .map(Lines::json)
        .publishOn(Schedulers.immediate(), UNREAD)
        .concatWith(Mono.fromSupplier(() -> summary(call, counts)));
  }

  private byte[] summary(OperatorCall call, Map<String, Long> counts) {
    Map<String, Long> summary = new LinkedHashMap<>();
    for (String status :
        List.of(
            ImportedLine.CREATED, ImportedLine.EXISTS, ImportedLine.REFUSED, ImportedLine.FAILED)) {
      summary.put(status, counts.getOrDefault(status, 0L));
    }
    long refused = counts.getOrDefault(ImportedLine.REFUSED, 0L);
    if (refused > 0) {
      refusals.note(
          AuditAction.TOKEN_IMPORT,
          RefusedCalls.Caller.of(call.operator()),
          Subject.NONE,
          Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, refused + " lines of an import"));
    }
    return Lines.json(summary);
  }
}
