import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A server on the JDK's own HTTP server. */
public class Server {
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", Server::answer);
    server.start();
    System.out.println("listening");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    System.out.println("asked for " + path);
    if (path.equals("/warn")) System.err.println("stock is low");
    byte[] body = ("{\"path\":\"" + path + "\"}").getBytes();
    exchange.sendResponseHeaders(path.equals("/boom") ? 500 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
