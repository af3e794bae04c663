package keruen.interop;

import com.helger.httpclient.HttpClientFactory;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** Keeps connections from one message to the next: by default phase4 makes a new client for each. */
final class Connections extends HttpClientFactory {
    private final DefaultClientTlsStrategy tls = super.createTlsSocketStrategy();
    private final PoolingHttpClientConnectionManager kept = new PoolingHttpClientConnectionManager();

    Connections(int atMost) {
        kept.setMaxTotal(atMost);
        kept.setDefaultMaxPerRoute(atMost);
    }

    @Override
    public DefaultClientTlsStrategy createTlsSocketStrategy() {
        return tls;
    }

    @Override
    public HttpClientConnectionManager createConnectionManager(TlsSocketStrategy strategy) {
        return kept;
    }

    @Override
    public HttpClientBuilder createHttpClientBuilder() {
        return super.createHttpClientBuilder().setConnectionManagerShared(true);
    }
}
