package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import dev.portcullis.policy.Element.Sequence;

/**
 * Refuses <code>${...}</code> and <code>#{...}</code> wherever they are not an answer's own: the
 * programs below would take them for expressions to evaluate (CVE-2022-22947, CVE-2025-41243).
 */
final class ForeignPlaceholders {
  private ForeignPlaceholders() {}

  static void check(Element root, Problems problems) {
    if (root instanceof Mapping mapping) {
      mapping
          .fields()
          .forEach(
              (name, value) -> {
                if (!name.equals("error-profiles")) {
                  checkBelow(name, value, problems);
                }
              });
    }
  }

  private static void checkBelow(String name, Element element, Problems problems) {
    checkText(name, element, problems);
    switch (element) {
      case Mapping mapping ->
          mapping.fields().forEach((field, value) -> checkBelow(field, value, problems));
      case Sequence sequence -> sequence.items().forEach(item -> checkBelow("", item, problems));
      case Scalar scalar -> checkText(scalar.text(), scalar, problems);
    }
  }

  private static void checkText(String text, Element at, Problems problems) {
    if (text.contains("${") || text.contains("#{")) {
      problems.add(at.place(), "'${' and '#{' stand only in the answers of error profiles");
    }
  }
}
