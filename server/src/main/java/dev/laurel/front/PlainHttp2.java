package dev.laurel.front;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/** HTTP/2 without TLS for clients that begin with it. The way by {@code Upgrade} is passed over, as RFC 9113 has it. */
final class PlainHttp2 extends HTTP2CServerConnectionFactory {
    PlainHttp2(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
        return request.getHttpFields().contains(HttpHeader.UPGRADE)
                ? null
                : super.upgradeConnection(connector, endPoint, request, response);
    }
}
