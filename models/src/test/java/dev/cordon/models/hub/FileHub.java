package dev.cordon.models.hub;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** A hub on loopback that serves these files below one folder. */
final class FileHub implements AutoCloseable {
  private final HttpServer server;

  FileHub(String folder, Map<String, byte[]> files) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          try (call) {
            byte[] content =
                files.get(
                    call.getRequestURI().getPath().replaceFirst("^/\\Q" + folder + "\\E/", ""));
            call.sendResponseHeaders(
                content == null ? 404 : 200, content == null ? -1 : content.length);
            if (content != null) {
              call.getResponseBody().write(content);
            }
          }
        });
    server.start();
  }

  URI at() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
