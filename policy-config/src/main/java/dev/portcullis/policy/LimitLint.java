package dev.portcullis.policy;

import dev.portcullis.policy.Limit.Mode;
import dev.portcullis.policy.Limit.OnOutage;

/** Finds limits that hold less than they seem to. */
final class LimitLint {
  private LimitLint() {}

  static void check(PolicyFile file, Problems warnings) {
    for (Placed<Limit> placed : file.limits()) {
      if (placed.value().onOutage() == OnOutage.ALLOW) {
        warnings.add(placed.place(), "while the store is gone, requests pass uncounted");
      }
      if (placed.value().mode() == Mode.LEASED && placed.value().portion() < 2) {
        warnings.add(
            placed.place(),
            "is too small to be leased in portions: it is counted exactly, and so are the leased"
                + " limits that count with it");
      }
    }
    for (Placed<Route> route : file.routes()) {
      if (route.value().cost() == 0 && !route.value().limits().isEmpty()) {
        warnings.add(route.place(), "costs 0, so its limits never count anything");
      }
    }
  }
}
