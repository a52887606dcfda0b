package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.portcullis.gateway.aws.SsmDouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is put in AWS's parameter store, and said to be allowed to, stands in no log. */
@Execution(ExecutionMode.CONCURRENT)
class AwsSecrecyTest {
  @TempDir Path directory;

  private static String request(int number) {
    return "{\"principal\": \"ci\", \"kind\": \"access-key\", \"name\": \"n\", \"scopes\": [\"a:read\"], \"storage\": {\"name\": \"/apps/ci%d\"}}"
        .formatted(number);
  }

  @Test
  void leavesNoSecretInTheLogAtAnyLevel() {
    Map<String, String> secrets = new TreeMap<>();
    secrets.put("secret of the gateway at AWS", "AwsSecretAwsSecretAwsSecret");
    secrets.put("session token of the gateway at AWS", "AwsSessionTokenAwsSessionToken");
    String log;
    try (SsmDouble aws = new SsmDouble();
        GatewayProcess gateway =
            GatewayProcess.start(
                directory,
                "-Daws.accessKeyId=AKIDEXAMPLE",
                "-Daws.secretAccessKey=AwsSecretAwsSecretAwsSecret",
                "-Daws.sessionToken=AwsSessionTokenAwsSessionToken",
                "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN,
                "--portcullis.parameters.store=aws",
                "--portcullis.parameters.aws.region=eu-central-1",
                "--portcullis.parameters.aws.endpoint=" + aws.uri(),
                "--logging.level.root=trace")) {
      gateway.post(
          "/v1/principals",
          "{\"id\": \"ci\", \"kind\": \"service-account\", \"scopes\": [\"a:*\"]}");
      String id = gateway.post("/v1/tokens", request(1)).at("/token/id").asString();
      List<SsmDouble.BadDay> badDays =
          List.of(
              exchange -> SsmDouble.send(exchange, 400, "{\"__type\":\"InvalidKeyId\"}"),
              exchange -> SsmDouble.send(exchange, 500, "garbage"),
              exchange -> SsmDouble.send(exchange, 200, "garbage"),
              HttpExchange::close);
      for (SsmDouble.BadDay badDay : badDays) {
        aws.on("PutParameter", badDay);
        assertThat(gateway.posted("/v1/tokens", request(2)).statusCode()).isIn(422, 503);
      }
      gateway.post("/v1/tokens/" + id + "/revoke", "{}");
      List<SsmDouble.Request> puts = aws.requests("PutParameter");
      assertThat(puts).hasSize(1 + badDays.size());
      for (SsmDouble.Request put : puts) {
        secrets.put(
            "secret key " + secrets.size(),
            put.body().get("Value").asString().replaceFirst(".*(pcsk_[0-9A-Za-z]{38}).*", "$1"));
      }
      log = gateway.output();
    }
    assertThat(log).contains("TRACE", "/apps/ci1", "software.amazon.awssdk");
    SoftAssertions.assertSoftly(
        softly ->
            secrets.forEach(
                (name, secret) ->
                    softly
                        .assertThat(log.lines().filter(line -> line.contains(secret)).limit(3))
                        .as("log lines that show the %s, in which it now reads ***", name)
                        .extracting(line -> line.replace(secret, "***"))
                        .isEmpty()));
  }
}
