package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Receipt;
import dev.portcullis.gateway.token.Lookup;
import java.util.Map;

/** A receipt as a Redis hash. */
final class ReceiptRecord {
  private ReceiptRecord() {}

  static Lookup<Receipt> receipt(Map<String, String> record) {
    return Fields.read(
        record,
        fields ->
            new Receipt(
                fields.text("fingerprint"),
                fields.text("token"),
                fields.text("pepper"),
                fields.text("salt")));
  }

  static Map<String, String> write(Receipt receipt) {
    return Map.of(
        "v", Fields.VERSION,
        "fingerprint", receipt.fingerprint(),
        "token", receipt.token(),
        "pepper", receipt.pepper(),
        "salt", receipt.salt());
  }
}
