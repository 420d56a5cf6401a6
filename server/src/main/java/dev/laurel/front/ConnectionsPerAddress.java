package dev.laurel.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections of an address that has many open already, so that one client does not take all that there are. */
final class ConnectionsPerAddress implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsPerAddress.class);

    private final int most;
    private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>();
    /** A channel that is closed no longer knows its address. */
    private final Map<SelectableChannel, InetAddress> addresses = new ConcurrentHashMap<>();

    ConnectionsPerAddress(int most) {
        this.most = most;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        try {
            if (channel instanceof SocketChannel socket
                    && socket.getRemoteAddress() instanceof InetSocketAddress remote) {
                addresses.put(channel, remote.getAddress());
                int open = counts.merge(remote.getAddress(), 1, Integer::sum);
                if (open > most) {
                    if (open == most + 1) {
                        LOG.warn("{} has {} connections open; further ones are closed", remote.getAddress(), most);
                    }
                    IO.close(channel);
                }
            }
        } catch (IOException gone) {
            IO.close(channel);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        forget(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        forget(channel);
    }

    private void forget(SelectableChannel channel) {
        InetAddress address = addresses.remove(channel);
        if (address != null) {
            counts.computeIfPresent(address, (same, open) -> open == 1 ? null : open - 1);
        }
    }
}
