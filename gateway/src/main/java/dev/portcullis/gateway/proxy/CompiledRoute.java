package dev.portcullis.gateway.proxy;

import dev.portcullis.policy.Policy;
import java.util.Optional;
import org.springframework.cloud.gateway.route.Route;

/**
 * One route of a policy, ready to be followed.
 *
 * @param policy it is part of
 * @param route for Spring Cloud Gateway's filters
 * @param target where its requests go
 * @param credentials what its requests are relieved of
 * @param privateAnswers whether shared caches must not keep its answers: what authorises its
 *     requests is not in the one header they know of (RFC 9111, section 3.5; RFC 6750, section 2.3)
 * @param responder answers its requests in the upstream's place; empty where the upstream does
 */
record CompiledRoute(
    Policy policy,
    Route route,
    UpstreamTarget target,
    CredentialFields credentials,
    boolean privateAnswers,
    Optional<Responder> responder) {}
