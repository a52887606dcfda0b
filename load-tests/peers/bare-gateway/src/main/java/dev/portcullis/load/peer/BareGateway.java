package dev.portcullis.load.peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway as it comes; its routes are settings. */
@SpringBootApplication(proxyBeanMethods = false)
public class BareGateway {
  /** Runs it with these settings. */
  public static void main(String[] args) {
    SpringApplication.run(BareGateway.class, args);
  }
}
