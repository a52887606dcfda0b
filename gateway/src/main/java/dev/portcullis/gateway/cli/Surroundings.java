package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a command finds around it.
 *
 * @param environment its variables
 * @param directory where it was started
 * @param out for what was asked for
 * @param err for what went wrong
 * @param prompt asks a person for the operator token, without echo; empty where nobody is there
 */
record Surroundings(
    Map<String, String> environment,
    Path directory,
    PrintWriter out,
    PrintWriter err,
    Supplier<Optional<String>> prompt) {}
