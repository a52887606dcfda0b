package dev.portcullis.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One client of a drill: makes and changes principals and tokens that are its own, one request
 * after the other, in an order that its number decides.
 */
final class DrillClient {
  private static final int MOST_PRINCIPALS = 6;
  private static final int MOST_TOKENS = 12;

  private final PrincipalDrill principals;
  private final TokenDrill tokens;
  private final SplittableRandom random;
  private final List<ExpectedPrincipal> all = new ArrayList<>();
  private final List<ExpectedPrincipal> inUse = new ArrayList<>();

  DrillClient(int number, DrillConnections connections, DrillLog log, SplittableRandom random) {
    String name = Integer.toString(number);
    this.principals = new PrincipalDrill(name, connections, log, random);
    this.tokens = new TokenDrill(name, connections, log, random);
    this.random = random;
  }

  /** All principals it ever asked for, with their tokens. */
  List<ExpectedPrincipal> principals() {
    return all;
  }

  /** Goes on until then, in {@link System#nanoTime}. */
  void run(long end) {
    while (System.nanoTime() < end) {
      if (inUse.size() < 2) {
        create();
      } else {
        act(inUse.get(random.nextInt(inUse.size())), random.nextInt(100));
      }
    }
  }

  private void create() {
    ExpectedPrincipal principal = principals.create();
    all.add(principal);
    if (principal.present() == Certainty.YES) {
      inUse.add(principal);
    }
  }

  private void act(ExpectedPrincipal principal, int dice) {
    if (dice < 3) {
      if (inUse.size() < MOST_PRINCIPALS) {
        create();
      }
    } else if (dice < 12) {
      principals.update(principal);
    } else if (dice < 14 || principal.tokens().size() > MOST_TOKENS * 4) {
      if (principal.tokens().size() > 2) {
        inUse.remove(principal);
        principals.delete(principal);
      }
    } else if (dice < 45) {
      if (principal.isUsable() && principal.tokens().size() < MOST_TOKENS) {
        tokens.create(principal);
      }
    } else if (!principal.tokens().isEmpty()) {
      act(principal.tokens().get(random.nextInt(principal.tokens().size())), dice);
    }
  }

  private void act(ExpectedToken token, int dice) {
    boolean good = token.revoked() != Certainty.YES && token.replacedBy().isEmpty();
    if (dice < 65) {
      tokens.rename(token);
    } else if (dice >= 92) {
      tokens.revoke(token);
    } else if (good && dice < 80) {
      tokens.renew(token);
    } else if (good) {
      tokens.regenerate(token);
    }
  }
}
