package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection of a client that sends what it likes, byte by byte. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient to(int port) {
        return to(port, "127.0.0.1");
    }

    /** @param from the address that the client has, such as 127.0.0.2 */
    static RawClient to(int port, String from) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(30_000);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends these bytes and nothing more; the answer, as far as it came. */
    static String exchange(int port, byte[] request) {
        try (RawClient client = to(port)) {
            try {
                client.send(request);
                client.socket.shutdownOutput();
            } catch (IOException | UncheckedIOException early) {
                // Answered before all was sent; the answer is there.
            }
            return client.answer();
        }
    }

    /** Each line of a header ends as HTTP wants it. */
    RawClient header(String... lines) {
        return send(String.join("\r\n", lines) + "\r\n\r\n");
    }

    RawClient send(String text) {
        return send(text.getBytes(UTF_8));
    }

    RawClient send(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is answered until the server closes the connection. */
    String answer() {
        try {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
