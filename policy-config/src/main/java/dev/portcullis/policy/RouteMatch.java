package dev.portcullis.policy;

/**
 * The one route that a request belongs to.
 *
 * @param policy the API that the route is part of
 * @param route the most specific route for the request's path and method
 * @param variables the values of the route's path variables
 */
public record RouteMatch(Policy policy, Route route, PathVariables variables) {}
