package dev.portcullis.gateway.log;

/** The names of members in lines of the log, where several lines have them. */
public final class LogFields {
  /** Whose address it came from (Elastic Common Schema). */
  public static final String CLIENT = "client.ip";

  /** What happened, in a fixed word (Elastic Common Schema). */
  public static final String ACTION = "event.action";

  /** The name of the API. */
  public static final String API = "portcullis.api";

  /** The id of the token. */
  public static final String TOKEN = "portcullis.token_id";

  private LogFields() {}
}
