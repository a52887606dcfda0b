package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** nginx that checks tokens in Lua. */
record NginxKeyCheck() implements Peer {
  private static final Path MODULES = Path.of("/usr/lib/nginx/modules");
  private static final String NDK = "ndk_http_module.so";
  private static final String LUA = "ngx_http_lua_module.so";

  @Override
  public String name() {
    return "nginx-lua";
  }

  @Override
  public String what() {
    return "nginx with a Lua key check, a worker a processor: the token's SHA-256 (libcrypto, by"
        + " LuaJIT's FFI) is looked up in shared memory, the e-mail compared, an identity header"
        + " set, Authorization dropped.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of(Check.TOKEN, Check.EMAIL);
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    if (!Files.exists(MODULES.resolve(NDK)) || !Files.exists(MODULES.resolve(LUA))) {
      throw new Missing("nginx's Lua module", "libnginx-mod-http-lua");
    }
    String main = "load_module %1$s/%2$s;\nload_module %1$s/%3$s;\n".formatted(MODULES, NDK, LUA);
    return NginxProxy.start(bench, name(), stage, main, http(stage.credential()), location());
  }

  /** nginx itself is linked with libcrypto, so its symbols are there. */
  private static String http(Credential credential) {
    return """
    lua_shared_dict tokens 10m;
    init_by_lua_block {
      local ffi = require "ffi"
      ffi.cdef "unsigned char *SHA256(const unsigned char *d, size_t n, unsigned char *md);"
      local digest = ffi.new("unsigned char[32]")
      function sha256(text)
        ffi.C.SHA256(text, #text, digest)
        return ffi.string(digest, 32)
      end
      local function bytes(hex)
        return (hex:gsub("..", function(octet) return string.char(tonumber(octet, 16)) end))
      end
      tokens = ngx.shared.tokens
      tokens:set(bytes("%s"), "%s")
    }
    """
        .formatted(credential.sha256(), credential.email());
  }

  private static String location() {
    return """
    set $identity "";
    access_by_lua_block {
      local authorization = ngx.var.http_authorization
      if not authorization or authorization:sub(1, 7) ~= "Bearer " then
        return ngx.exit(401)
      end
      local owner = tokens:get(sha256(authorization:sub(8)))
      if not owner or owner ~= ngx.var.http_email then
        return ngx.exit(401)
      end
      ngx.var.identity = owner
    }
    proxy_set_header X-Auth-Email $identity;
    proxy_set_header Authorization "";
    """;
  }
}
