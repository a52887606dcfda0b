package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A running gateway process.
 *
 * @param ready time from the process's start until its health said so
 * @param startCpu processor time that it used until then
 */
record Gateway(Target target, ControlPlane control, Duration ready, Duration startCpu) {

  /** A new principal with that many tokens that may do everything the generated policies want. */
  List<Credential> credentials(String principal, int count)
      throws IOException, InterruptedException {
    control.createPrincipal(principal, PolicyFiles.SCOPES);
    return control.createTokens(principal, PolicyFiles.SCOPES, count);
  }

  URI at(String path) {
    return target.base().resolve(path);
  }
}
