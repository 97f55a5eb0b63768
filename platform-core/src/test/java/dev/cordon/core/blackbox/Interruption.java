package dev.cordon.core.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a real server that can be slowed down and cut, and mended again. */
final class Interruption implements AutoCloseable {
  private final ServerSocket listening;
  private final int to;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile long delayMillis;
  private volatile boolean cut;

  Interruption(URI server) throws IOException {
    this.to = server.getPort();
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
  }

  /** Every connection ends, and new ones end at once. */
  void cut() {
    cut = true;
    open.forEach(Interruption::end);
  }

  void mend() {
    cut = false;
    delayMillis = 0;
  }

  /** Whatever the server says comes that much later. */
  void slow(long millis) {
    delayMillis = millis;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket caller = listening.accept();
        if (cut) {
          end(caller);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        open.add(caller);
        open.add(server);
        Thread.ofVirtual().start(() -> copy(caller, server, false));
        Thread.ofVirtual().start(() -> copy(server, caller, true));
      } catch (IOException _) {
        // The server is gone, or this is closed; callers see their connection end.
      }
    }
  }

  private void copy(Socket from, Socket to, boolean late) {
    byte[] bytes = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (late && delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        out.write(bytes, 0, n);
      }
    } catch (IOException _) {
      // Cut, or hung up.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException _) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
