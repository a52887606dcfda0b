package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.log.LogFields;
import dev.portcullis.gateway.meter.RequestMeters;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Answers for requests that were let through and then came to grief: 502, 504, or a closed
 * connection where the answer had begun already.
 */
final class UpstreamFaults {
  /** What the upstream did to a request, as opposed to what went wrong in the gateway. */
  static final class Fault extends RuntimeException {
    private final int status;

    private Fault(int status, Throwable cause) {
      super(cause.getClass().getSimpleName(), cause, false, false);
      this.status = status;
    }

    /** The fault behind a failed exchange; a body that was the client's fault stays that. */
    static RuntimeException of(Throwable cause) {
      if (cause instanceof RejectedBody body) {
        return body;
      }
      boolean late =
          cause instanceof TimeoutException
              || cause instanceof ConnectTimeoutException
              || cause instanceof PoolAcquireTimeoutException;
      return new Fault(late ? 504 : 502, cause);
    }
  }

  /** Answers, or closes the connection where it is too late for that. */
  Mono<Void> answer(Throwable failure, Passage passage, ServerHttpResponse response) {
    Inbound inbound = passage.inbound();
    Throwable cause = isOfUpstream(failure) ? Fault.of(failure) : failure;
    int status = status(cause);
    boolean begun = response.isCommitted();
    if (isOurs(cause, inbound)) {
      name(begun, status).ifPresent(passage::faulted);
    }
    log(cause, begun ? "broke off the answer" : "answered " + status, status, passage);
    if (begun) {
      return inbound.channel().isActive() ? close(inbound.channel()) : Mono.error(failure);
    }
    LimitFields.keepOnly(response.getHeaders());
    response.getHeaders().set(RequestId.HEADER, inbound.id());
    return OwnMessage.write(ProblemDetails.of(status, inbound.id()), inbound, response);
  }

  /** The client's connection fails with {@link AbortedException}, so these are the upstream's. */
  private static boolean isOfUpstream(Throwable failure) {
    return failure instanceof IOException || failure instanceof TimeoutException;
  }

  /** To fail on would have the server do the same, and log an error with all there is to it. */
  @SuppressWarnings("FutureReturnValueIgnored") // closing is all that is left to do
  private static Mono<Void> close(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    return Mono.never();
  }

  private static int status(Throwable failure) {
    return switch (failure) {
      case Fault fault -> fault.status;
      case ResponseStatusException stated -> stated.getStatusCode().value();
      default -> 500;
    };
  }

  /** Where the client is gone, what went wrong is of its making. */
  private static boolean isOurs(Throwable failure, Inbound inbound) {
    return !(failure instanceof AbortedException) && inbound.channel().isActive();
  }

  private static Optional<RequestMeters.Fault> name(boolean begun, int status) {
    if (begun) {
      return Optional.of(RequestMeters.Fault.BROKEN_OFF);
    }
    return switch (status) {
      case 500 -> Optional.of(RequestMeters.Fault.INTERNAL);
      case 502 -> Optional.of(RequestMeters.Fault.BAD_GATEWAY);
      case 504 -> Optional.of(RequestMeters.Fault.TIMEOUT);
      default -> Optional.empty();
    };
  }

  private static void log(Throwable failure, String did, int status, Passage passage) {
    Inbound inbound = passage.inbound();
    Logger logger = logger(passage.api());
    if (!isOurs(failure, inbound)) {
      logger.debug("request {}: the client is gone", inbound.id());
      return;
    }
    boolean expected = failure instanceof Fault || status != 500;
    LogLine line = new LogLine(expected ? logger.atWarn() : logger.atError(), passage);
    line.add(LogFields.ACTION, "faulted");
    if (expected) {
      line.write("request {}: {} for {}", inbound.id(), did, failure.getMessage());
    } else {
      line.write("request {}: unexpected failure", inbound.id(), failure);
    }
  }

  /** One for each API: there are only so many lines from a logger, and one may not hide another. */
  private static Logger logger(String api) {
    return LoggerFactory.getLogger(UpstreamFaults.class.getName() + "." + api);
  }
}
