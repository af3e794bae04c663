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
 * Sends AS4 messages and verifies the receipts.
 *
 * <p>A message is described by properties; its payloads are {@code N.file, N.mime-type, N.packed}.
 */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Client() {}

    /** Subject of the signer of the receipt, once WSS4J accepted it and it repeats the digests of the message. */
    static String send(Keys keys, Properties asked) throws Exception {
        List<Header.PartInfo> infos = new ArrayList<>();
        Parts parts = new Parts(payloads(asked, infos));
        Document message = Header.userMessage(asked, infos);
        String reference = asked.getProperty("certificates-by");
        Security.sign(message, parts, keys, reference);
        Security.encrypt(message, parts, keys, reference);
        return verifyReceipt(post(asked.getProperty("url"), Wire.of(Xml.write(message), parts.list())), message, keys);
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
