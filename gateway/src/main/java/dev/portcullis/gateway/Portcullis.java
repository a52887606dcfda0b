package dev.portcullis.gateway;

import dev.portcullis.gateway.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The program: with a command word it is the command line, else the gateway. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GatewayConfiguration.class)
public class Portcullis {

  /** Starts the gateway, or runs one command and ends with its exit code. */
  public static void main(String[] args) {
    if (Commands.isCommand(args)) {
      System.exit(Commands.run(args));
    }
    StopDeadline.set(StopDeadline.DEFAULT);
    SpringApplication gateway = new SpringApplication(Portcullis.class);
    gateway.addListeners(new QueuedLogs());
    gateway.run(args);
  }
}
