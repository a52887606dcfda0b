package dev.portcullis.gateway.cli;

import java.util.Optional;

/** The person in front of a command, where there is one. */
interface Terminal {

  /** Whether somebody is there to be asked. */
  boolean canAsk();

  /** Whether what was asked for is shown to a person, and not kept in a file or sent on. */
  boolean showsOut();

  /** Whether what went wrong is shown to a person. */
  boolean showsErr();

  /** Asks for a secret, without echo; empty where nobody is there or nothing was typed. */
  Optional<String> askSecret(String question);

  /** Asks a question; empty where nobody is there or nothing was typed. */
  Optional<String> ask(String question);
}
