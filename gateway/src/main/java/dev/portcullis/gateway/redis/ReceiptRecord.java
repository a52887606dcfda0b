package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Receipt;
import dev.portcullis.gateway.token.Lookup;
import java.util.Map;
import java.util.TreeMap;

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
                fields.text("salt"),
                fields.optional("prefix", prefix -> prefix)));
  }

  static Map<String, String> write(Receipt receipt) {
    Map<String, String> record = new TreeMap<>();
    record.put("v", Fields.VERSION);
    record.put("fingerprint", receipt.fingerprint());
    record.put("token", receipt.token());
    record.put("pepper", receipt.pepper());
    record.put("salt", receipt.salt());
    receipt.prefix().ifPresent(prefix -> record.put("prefix", prefix));
    return record;
  }
}
