package dev.portcullis.gateway;

import dev.portcullis.gateway.log.LogQueue;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Has nobody wait for where log lines go, once it is known where that is. */
final class QueuedLogs implements ApplicationListener<ApplicationContextInitializedEvent> {

  @Override
  public void onApplicationEvent(ApplicationContextInitializedEvent event) {
    LogQueue.putBeforeAll();
  }
}
