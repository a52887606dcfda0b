package dev.portcullis.load;

import java.io.IOException;
import java.util.Locale;

/**
 * How often each of some tokens is presented, in a pseudo-random order that is the same in every
 * measurement and another in each run.
 *
 * @param draw Lua that defines {@code draw()}: the number, from 0, of the token to present next
 */
record TokenMix(String name, String draw) {

  /** Each as often as any other. */
  static TokenMix evenly(String name, int count) {
    return new TokenMix(
        name, "local function draw() return math.random(%d) - 1 end".formatted(count));
  }

  /** The one of rank n an n-th as often as the first. */
  static TokenMix zipf(String name, int count) {
    return new TokenMix(
        name,
        """
        local sums = {}
        for rank = 1, %1$d do sums[rank] = (sums[rank - 1] or 0) + 1 / rank end
        local function draw()
          local wanted = math.random() * sums[%1$d]
          local low, high = 1, %1$d
          while low < high do
            local middle = math.floor((low + high) / 2)
            if sums[middle] < wanted then low = middle + 1 else high = middle end
          end
          return low - 1
        end\
        """
            .formatted(count));
  }

  /** Requests for the first {@code hot} with this probability, else for any of the rest. */
  static TokenMix hot(String name, int count, int hot, double probability) {
    return new TokenMix(
        name,
        String.format(
            Locale.ROOT,
            """
            local function draw()
              if math.random() < %f then return math.random(%d) - 1 end
              return %d + math.random(%d) - 1
            end\
            """,
            probability,
            hot,
            hot,
            count - hot));
  }

  /** Its load, of the first tokens of these. */
  Wrk load(Bench bench, String path, TokenLines tokens) throws IOException {
    return Wrk.scripted(
        bench,
        name.replaceAll("[^a-zA-Z0-9]+", "-"),
        path,
        """
        local threads = 0
        function setup(thread)
          threads = threads + 1
          thread:set("number", threads)
        end
        %1$s
        local lines, head
        init = function(args)
          math.randomseed(tonumber(args[1]) * 97 + number)
          local file = assert(io.open("%2$s", "rb"))
          lines = file:read(%3$d)
          file:close()
          head = "GET %4$s HTTP/1.1\\r\\nHost: " .. wrk.headers["Host"]
            .. "\\r\\nAuthorization: Bearer "
        end
        request = function()
          local from = draw() * %5$d
          return head .. lines:sub(from + 1, from + %5$d) .. "\\r\\n\\r\\n"
        end
        """
            .formatted(draw, tokens.file(), tokens.size(), path, tokens.width()));
  }
}
