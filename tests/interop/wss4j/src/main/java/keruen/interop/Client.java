package keruen.interop;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Sends one AS4 message and verifies the receipt.
 *
 * <p>{@code Client KEYS URL MESSAGE}: {@code MESSAGE} is a file of properties, its payloads are
 * {@code N.file, N.mime-type, N.packed}. Prints {@code receipt SIGNER} once WSS4J accepted the receipt and it repeats
 * the digests of the message; fails otherwise.
 */
public final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Client() {}

    public static void main(String[] arguments) throws Exception {
        Keys keys = Keys.load(Path.of(arguments[0]));
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[2]))) {
            properties.load(reader);
        }
        List<Header.PartInfo> infos = new ArrayList<>();
        Parts parts = new Parts(payloads(properties, infos));
        Document message = Header.userMessage(properties, infos);
        String reference = properties.getProperty("certificates-by");
        Security.sign(message, parts, keys, reference);
        Security.encrypt(message, parts, keys, reference);
        Wire answer = post(arguments[1], Wire.of(Xml.write(message), parts.list()));
        System.out.println("receipt " + verifyReceipt(answer, message, keys));
    }

    private static List<Part> payloads(Properties properties, List<Header.PartInfo> infos) throws Exception {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; properties.containsKey(i + ".file"); i++) {
            byte[] octets = Files.readAllBytes(Path.of(properties.getProperty(i + ".file")));
            String mimeType = properties.getProperty(i + ".mime-type");
            boolean packed = Boolean.parseBoolean(properties.getProperty(i + ".packed"));
            String contentId = "part-" + i + "@counterpart";
            infos.add(new Header.PartInfo(contentId, mimeType, packed));
            parts.add(new Part(contentId, packed ? "application/gzip" : mimeType, Map.of(),
                    packed ? pack(octets) : octets));
        }
        return parts;
    }

    private static byte[] pack(byte[] octets) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    private static Wire post(String url, Wire message) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE)
                .header("Content-Type", message.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body())).build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Wire(response.headers().firstValue("Content-Type").orElseThrow(), response.body());
    }

    /** Subject of the signer of a receipt for exactly what was sent. */
    private static String verifyReceipt(Wire answer, Document message, Keys keys) throws Exception {
        Document receipt = Xml.parse(answer.content().envelope());
        if (Xml.all(receipt, Xml.EB, "Receipt").isEmpty()) {
            throw new IllegalArgumentException(new String(answer.body()));
        }
        Security.Opened opened = Security.open(receipt, new Parts(List.of()), keys);
        List<String> repeated = digests(Xml.all(Xml.one(receipt, Xml.EB, "Receipt"), Xml.DS, "Reference"));
        if (!Xml.text(receipt, "RefToMessageId").equals(Xml.text(message, "MessageId"))
                || !repeated.equals(digests(Header.references(message)))) {
            throw new IllegalArgumentException("the receipt is for something else");
        }
        return opened.signer().getSubjectX500Principal().getName();
    }

    private static List<String> digests(List<Element> references) {
        return references.stream()
                .map(reference -> Xml.one(reference, Xml.DS, "DigestValue").getTextContent().strip()).toList();
    }
}
