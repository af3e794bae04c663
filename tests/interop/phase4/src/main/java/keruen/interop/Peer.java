package keruen.interop;

import com.helger.httpclient.HttpClientFactory;
import com.helger.phase4.incoming.AS4ServerInitializer;
import com.helger.web.scope.mgr.WebScopeManager;
import com.helger.web.scope.mgr.WebScoped;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.LogManager;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Receives AS4 messages on loopback, and sends what it is asked to, until its standard input ends.
 *
 * <p>{@code Peer KEYS [OUT]} prints {@code listening PORT}. Each line of input names a file of properties, and is
 * answered by lines of which the last is empty: see {@link Client}, and {@link Load} if it has {@code messages}.
 */
public final class Peer implements ServletContextListener {
    private static final int CONNECTIONS = 64;
    private final Keys keys;
    private final Suite suite;
    private final Application application;

    private Peer(Keys keys, Application application) {
        this.keys = keys;
        this.suite = Suite.of(keys.signingKey());
        this.application = application;
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Path out = arguments.length > 1 ? Path.of(arguments[1]) : null;
        Peer peer = new Peer(Keys.load(Path.of(arguments[0])), new Application(out));
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addEventListener(peer);
        server.setHandler(context);
        server.start();
        System.out.println("listening " + connector.getLocalPort());
        peer.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        System.exit(0);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        WebScopeManager.onGlobalBegin(context);
        suite.register();
        AS4ServerInitializer.initAS4Server();
        context.addServlet("as4", new Endpoint(keys, suite, application)).addMapping("/as4");
    }

    private void obey(BufferedReader input) throws Exception {
        HttpClientFactory http = new Connections(CONNECTIONS);
        for (String file = input.readLine(); file != null; file = input.readLine()) {
            Properties asked = new Properties();
            try (var reader = Files.newBufferedReader(Path.of(file))) {
                asked.load(reader);
            }
            try (WebScoped scope = new WebScoped()) {
                act(new Client(keys, suite, http, asked), asked);
            } catch (Exception error) {
                error.printStackTrace();
                System.out.println("failed " + error);
            }
            System.out.println();
        }
    }

    private static void act(Client client, Properties asked) throws Exception {
        String messages = asked.getProperty("messages");
        if (messages == null) {
            client.send(System.out::println);
        } else {
            Load load = new Load(client, Integer.parseInt(messages));
            System.out.println(load.run(Integer.parseInt(asked.getProperty("at-once"))));
        }
    }
}
