package keruen.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import org.w3c.dom.Document;

/**
 * Receives AS4 messages on loopback, and sends what it is asked to, until its standard input ends.
 *
 * <p>{@code Peer KEYS OUT} prints {@code listening PORT}. Of each message that WSS4J accepts, {@code OUT} gets a
 * folder named after its id, with {@code 0.payload, 1.payload, …} in the order of the header, and
 * {@code report.properties}. Each line of input names a file that says what to send, see {@link Client}; it is
 * answered by lines of which the last is empty.
 */
public final class Peer {
    private final Keys keys;
    private final Path out;

    private Peer(Keys keys, Path out) {
        this.keys = keys;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        Peer peer = new Peer(Keys.load(Path.of(arguments[0])), Path.of(arguments[1]));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/as4", peer::handle);
        http.start();
        System.out.println("listening " + http.getAddress().getPort());
        peer.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        http.stop(0);
    }

    private void obey(BufferedReader input) throws Exception {
        for (String file = input.readLine(); file != null; file = input.readLine()) {
            Properties asked = new Properties();
            try (var reader = Files.newBufferedReader(Path.of(file))) {
                asked.load(reader);
            }
            try {
                System.out.println("receipt " + Client.send(keys, asked));
            } catch (Exception error) {
                System.out.println("failed " + error);
            }
            System.out.println();
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Wire request = new Wire(exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes());
            byte[] answer = Xml.write(answer(request));
            exchange.getResponseHeaders().set("Content-Type", Wire.SOAP);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception error) {
            error.printStackTrace();
        }
    }

    /** A signed receipt, or as phase4 does an unsigned error. */
    private Document answer(Wire request) throws Exception {
        Wire.Content content = request.content();
        Document message = Xml.parse(content.envelope());
        try {
            Security.Opened opened = Security.open(message, content.parts(), keys);
            keep(message, content.parts(), opened);
        } catch (Exception error) {
            error.printStackTrace();
            return Header.error("EBMS:0102", String.valueOf(error), Xml.text(message, "MessageId"));
        }
        Document receipt = Header.receipt(message);
        Security.sign(receipt, new Parts(List.of()), keys, "token");
        return receipt;
    }

    private void keep(Document message, Parts parts, Security.Opened opened) throws Exception {
        List<Header.PartInfo> infos = Header.parts(message);
        Path folder = Files.createDirectory(out.resolve(Xml.text(message, "MessageId")));
        Properties report = new Properties();
        report.setProperty("signer", opened.signer().getSubjectX500Principal().getName());
        report.setProperty("signed", String.valueOf(opened.signed()));
        report.setProperty("decrypted", String.valueOf(opened.decrypted()));
        for (int i = 0; i < infos.size(); i++) {
            Part part = parts.get(infos.get(i).contentId());
            report.setProperty(i + ".mime-type", infos.get(i).mimeType());
            report.setProperty(i + ".signed-as", part.getMimeType());
            Files.write(folder.resolve(i + ".payload"), infos.get(i).packed() ? unpack(part.octets()) : part.octets());
        }
        try (var writer = Files.newBufferedWriter(folder.resolve("report.properties"))) {
            report.store(writer, null);
        }
    }

    private static byte[] unpack(byte[] octets) throws Exception {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            return gzip.readAllBytes();
        }
    }
}
