package dev.portcullis.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterStore;
import dev.portcullis.gateway.registry.ParameterStore.Deletion;
import dev.portcullis.gateway.registry.ParameterStore.Failed;
import dev.portcullis.gateway.registry.ParameterStore.Put;
import dev.portcullis.gateway.registry.ParameterStore.Refused;
import dev.portcullis.gateway.registry.ParameterStore.Stored;
import dev.portcullis.gateway.registry.ParameterStore.Taken;
import dev.portcullis.gateway.registry.ParameterStore.Unknown;
import dev.portcullis.gateway.registry.ParameterStoreContract;
import dev.portcullis.gateway.token.Answers;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.JsonNode;

class SsmParametersTest extends ParameterStoreContract {
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsSessionCredentials.create("AKIDEXAMPLE", "aws-secret", "aws-session-token"));
  private static final String NAME = "/acme/billing";

  private final SsmDouble aws = new SsmDouble();
  private final SsmParameters parameters = patient(aws.uri());

  static SsmParameters patient(URI endpoint) {
    return waiting(endpoint, Duration.ofSeconds(20));
  }

  static SsmParameters waiting(URI endpoint, Duration patience) {
    return new SsmParameters(settings(endpoint, Duration.ofSeconds(20)), CREDENTIALS, patience);
  }

  static SsmParameters hasty(URI endpoint, Duration timeout) {
    return new SsmParameters(settings(endpoint, timeout), CREDENTIALS, timeout);
  }

  static AwsSettings settings(URI endpoint, Duration timeout) {
    return new AwsSettings("eu-central-1", Optional.of(endpoint), timeout);
  }

  @AfterEach
  void stop() {
    parameters.close();
    aws.close();
  }

  @Override
  protected ParameterStore parameters() {
    return parameters;
  }

  @Override
  protected Optional<String> value(String name) {
    return aws.value(name);
  }

  @Override
  protected void occupy(String name) {
    aws.occupy(name);
  }

  @Override
  protected void breakDown() {
    aws.close();
  }

  private Put put() {
    return put(parameters);
  }

  static Put put(SsmParameters to) {
    return put(to, "alias/my-key");
  }

  static Put put(SsmParameters to, String key) {
    return Answers.of(to.put(parameter(NAME, "t1"), Optional.of(key), VALUE));
  }

  private Deletion delete() {
    return Answers.of(parameters.delete(parameter(NAME, "t1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:eu-central-1:111122223333:alias/my-key",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "alias/my-key",
      })
  void asksForASecureStringUnderTheKeyAndForNoOther(String key) {
    assertThat(put(parameters, key)).isEqualTo(new Stored());
    SsmDouble.Request request = aws.requests("PutParameter").getFirst();
    JsonNode body = request.body();
    assertThat(body.get("Name").asString()).isEqualTo(NAME);
    assertThat(body.get("Type").asString()).isEqualTo("SecureString");
    assertThat(body.get("KeyId").asString()).isEqualTo(key);
    assertThat(body.get("Overwrite").asBoolean(true)).isFalse();
    assertThat(body.get("Value").asString()).isEqualTo(VALUE.reveal());
    assertThat(body.get("Tags").toString())
        .isEqualTo("[{\"Key\":\"portcullis-token\",\"Value\":\"t1\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/billing", "/other/billing", "/acme", "/acme2/billing", "/Acme/billing"})
  void putsWhatIsAnOrganizationsBelowItsOwnNameOnly(String name) {
    assertThat(put(name, "t1"))
        .isEqualTo(new Refused("storage.name", "must begin with /acme/ for its organization"));
    assertThat(aws.requests("PutParameter")).isEmpty();
  }

  @Test
  void putsWhatIsNoOrganizationsUnderAnyName() {
    Parameter nobodys = new Parameter("/billing", Optional.empty(), "t1");
    assertThat(Answers.of(parameters.put(nobodys, Optional.empty(), VALUE)))
        .isEqualTo(new Stored());
  }

  @Test
  void leavesTheKeyToAwsWhereNoneIsNamed() {
    Answers.of(parameters.put(parameter(NAME, "t1"), Optional.empty(), VALUE));
    assertThat(aws.requests("PutParameter").getFirst().body().has("KeyId")).isFalse();
  }

  @Test
  void signsForItsRegion() {
    put();
    SsmDouble.Request request = aws.requests("PutParameter").getFirst();
    assertThat(request.header("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-central-1/ssm/aws4_request", "SignedHeaders=", "Signature=");
    assertThat(request.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidKeyId, storage.key",
    "400, KMSInvalidStateException, storage.key",
    "400, KMSAccessDeniedException, storage.key",
    "400, ValidationException, storage.name",
    "400, HierarchyTypeMismatchException, storage.name",
    "400, AccessDeniedException, storage",
    "400, UnrecognizedClientException, storage",
    "400, ExpiredTokenException, storage",
    "403, InvalidSignatureException, storage",
    "400, ParameterLimitExceeded, storage",
  })
  void namesTheFieldAndTheCodeThatAwsRefusesItWith(int status, String code, String field) {
    aws.refuse("PutParameter", status, code);
    assertThat(put()).isEqualTo(new Refused(field, "AWS answered " + code));
    assertThat(aws.value(NAME)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ThrottlingException",
    "400, TooManyUpdates",
    "503, ServiceUnavailable",
    "429, Any"
  })
  void knowsThatNothingWasPutWhereAwsHasNoTime(int status, String code) {
    aws.refuse("PutParameter", status, code);
    assertThat(put()).isEqualTo(new Failed("AWS answered " + code));
  }

  @Test
  void doesNotKnowWhereAwsIsOutOfOrder() {
    aws.refuse("PutParameter", 500, "InternalServerError");
    assertThat(put()).isEqualTo(new Unknown("AWS answered InternalServerError"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"secretKey\": \"pcsk_x\"}", "<html>", "", "a b", "pcsk_x"})
  void repeatsNothingButAPlainCode(String code) {
    aws.on(
        "PutParameter",
        exchange ->
            SsmDouble.send(exchange, 400, "{\"__type\":\"" + code.replace("\"", "'") + "\"}"));
    assertThat(put().toString()).contains("status 400").doesNotContain("pcsk_x", "html");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 500})
  void takesGarbageForNoAnswer(int status) {
    aws.on("PutParameter", exchange -> SsmDouble.send(exchange, status, "<html>garbage"));
    assertThat(put()).isNotInstanceOf(Stored.class).isNotInstanceOf(Taken.class);
  }

  @Test
  void asksNoSecondTimeWhereAwsBreaksOff() {
    aws.on("PutParameter", HttpExchange::close);
    assertThat(put()).isInstanceOf(Unknown.class);
    assertThat(aws.requests("PutParameter")).hasSize(1);
  }

  @Test
  void asksNoSecondTimeOnAConnectionThatWasKept() {
    put();
    delete();
    aws.on("PutParameter", HttpExchange::close);
    assertThat(put()).isInstanceOf(Unknown.class);
    assertThat(aws.requests("PutParameter")).hasSize(2);
  }

  @Test
  void knowsThatNothingWasPutWhereNobodyListens() {
    aws.close();
    assertThat(put()).isEqualTo(new Failed("no connection to AWS"));
  }

  @Test
  void knowsThatNothingWasPutWhereTheGatewayIsNobodyThere() {
    AwsCredentialsProvider nobody =
        () -> {
          throw SdkClientException.create(
              "Unable to load credentials from any of the providers in the chain");
        };
    try (SsmParameters anonymous =
        new SsmParameters(
            settings(aws.uri(), Duration.ofSeconds(20)), nobody, Duration.ofSeconds(20))) {
      assertThat(put(anonymous)).isEqualTo(new Failed("the gateway has no AWS credentials"));
    }
    assertThat(aws.requests("PutParameter")).isEmpty();
  }

  @Test
  void tellsOfATakenNameAlsoWhereItMayNotSeeWhose() {
    put();
    aws.refuse("ListTagsForResource", 400, "AccessDeniedException");
    assertThat(put()).isEqualTo(new Taken(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ListTagsForResource", "DeleteParameter"})
  void leavesWhatItMayNotDelete(String operation) {
    put();
    aws.refuse(operation, 400, "AccessDeniedException");
    assertThat(delete()).isEqualTo(Deletion.LEFT);
    assertThat(aws.value(NAME)).isPresent();
  }

  @Test
  void isDoneWhereSomebodyWasFasterToDelete() {
    put();
    aws.refuse("DeleteParameter", 400, "ParameterNotFound");
    assertThat(delete()).isEqualTo(Deletion.ABSENT);
  }

  @Test
  void answersAlsoWhenItIsClosed() {
    parameters.close();
    assertThat(put()).isEqualTo(new Failed("the gateway stops"));
    assertThat(delete()).isEqualTo(Deletion.LEFT);
  }
}
