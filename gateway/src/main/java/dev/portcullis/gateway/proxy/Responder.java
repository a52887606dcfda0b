package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.endpoint.Endpoint;
import dev.portcullis.policy.Answer;

/** What answers a route's admitted requests in the place of an upstream. */
sealed interface Responder {

  /** Always the same. */
  record Constant(Answer answer) implements Responder {}

  /** One of the gateway's own endpoints. */
  record Own(Endpoint endpoint) implements Responder {}
}
