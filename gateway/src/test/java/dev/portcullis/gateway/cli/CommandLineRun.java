package dev.portcullis.gateway.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line somewhere, that remembers what it printed. */
public final class CommandLineRun implements Pace {
  private final Map<String, String> environment = new HashMap<>();
  private final Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TypingPerson person = new TypingPerson();
  private final List<Duration> pauses = new ArrayList<>();
  private InputStream in = InputStream.nullInputStream();
  private Duration step = Duration.ofSeconds(1);
  private long nanos;

  /** In this directory. */
  public CommandLineRun(Path directory) {
    this.directory = directory;
  }

  /** Against the control plane at this address. */
  public CommandLineRun against(URI control) {
    return environment("PORTCULLIS_CONTROL", control.toString());
  }

  /** With this in its environment. */
  public CommandLineRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CommandLineRun typing(String text) {
    person.types(text);
    return this;
  }

  CommandLineRun sending(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** As if out and err were both shown on a terminal. */
  CommandLineRun watched() {
    person.watchesOut = true;
    person.watchesErr = true;
    return this;
  }

  /** Runs a command, and gives its exit code. */
  public int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Commands.run(surroundings(), List.of(args));
  }

  Surroundings surroundings() {
    return new Surroundings(
        environment,
        directory,
        in,
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        person,
        this);
  }

  /** Lets so much time pass each time somebody looks. */
  CommandLineRun passing(Duration step) {
    this.step = step;
    return this;
  }

  @Override
  public long nanos() {
    nanos += step.toNanos();
    return nanos;
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
  }

  List<Duration> pauses() {
    return pauses;
  }

  TypingPerson person() {
    return person;
  }

  /** What it printed. */
  public String out() {
    return out.toString();
  }

  /** What it complained of. */
  public String err() {
    return err.toString();
  }
}
