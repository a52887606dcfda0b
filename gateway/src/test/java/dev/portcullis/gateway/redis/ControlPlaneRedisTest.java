package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.control.AuditContract;
import dev.portcullis.gateway.control.AuditFollowingContract;
import dev.portcullis.gateway.control.ControlPlaneContract;
import dev.portcullis.gateway.control.ExplainContract;
import dev.portcullis.gateway.control.ImportContract;
import dev.portcullis.gateway.control.ManagedStorageContract;
import dev.portcullis.gateway.control.PrincipalChangesContract;
import dev.portcullis.gateway.control.RouteCallersContract;
import dev.portcullis.gateway.control.TokenChangesContract;
import dev.portcullis.gateway.control.TokenIssueContract;
import dev.portcullis.gateway.control.TokenSelectionContract;
import dev.portcullis.gateway.control.TokensOfAnApiContract;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The control plane over a real Redis. */
class ControlPlaneRedisTest {
  @TempDir static Path temp;
  private static RedisProcess redis;

  @BeforeAll
  static void start() {
    redis = RedisProcess.start(temp);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static RedisStore store(InstantSource clock) {
    redis.run("FLUSHALL");
    return TestStores.connected(
        new RedisStore(
            redis.uri(),
            TestStores.settings(Optional.empty()),
            TestTokens.ring(),
            clock,
            new StoreMeters(new SimpleMeterRegistry())));
  }

  @Nested
  class Basics extends ControlPlaneContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class RouteCallers extends RouteCallersContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class PrincipalChanges extends PrincipalChangesContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class TokenChanges extends TokenChangesContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class TokenIssue extends TokenIssueContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class TokensOfAnApi extends TokensOfAnApiContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class ManagedStorage extends ManagedStorageContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class TokenSelection extends TokenSelectionContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class Import extends ImportContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class Audit extends AuditContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class Explain extends ExplainContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }

  @Nested
  class Following extends AuditFollowingContract {
    private final RedisStore store = ControlPlaneRedisTest.store(clock);

    @Override
    protected TokenRegistry registry() {
      return store.registry();
    }

    @Override
    protected AuditTrail trail() {
      return store.trail();
    }

    @Override
    protected TokenStore store() {
      return store.tokens();
    }

    @AfterAll
    void disconnect() {
      store.close();
    }
  }
}
