package dev.portcullis.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program. */
@SpringBootApplication(proxyBeanMethods = false)
public class Portcullis {

  /** Starts the gateway. */
  public static void main(String[] args) {
    SpringApplication.run(Portcullis.class, args);
  }
}
