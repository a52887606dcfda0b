package dev.portcullis.gateway.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A person who types what the test says, and remembers what was asked. */
final class TypingPerson implements Terminal {
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> questions = new ArrayList<>();
  boolean present;
  boolean watchesOut;
  boolean watchesErr;

  void types(String text) {
    present = true;
    answers.add(text);
  }

  List<String> questions() {
    return questions;
  }

  @Override
  public boolean canAsk() {
    return present;
  }

  @Override
  public boolean showsOut() {
    return watchesOut;
  }

  @Override
  public boolean showsErr() {
    return watchesErr;
  }

  @Override
  public Optional<String> askSecret(String question) {
    return ask(question);
  }

  @Override
  public Optional<String> ask(String question) {
    questions.add(question);
    return Optional.ofNullable(answers.poll()).filter(text -> !text.isBlank());
  }
}
