package keruen.interop;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The body of an HTTP message: a bare envelope, or multipart/related written and read by Angus Mail. */
record Wire(String contentType, byte[] body) {
    static final String SOAP = "application/soap+xml;charset=UTF-8";

    /** What is inside. */
    record Content(byte[] envelope, Parts parts) {}

    static Wire of(byte[] envelope, List<Part> parts) throws Exception {
        if (parts.isEmpty()) {
            return new Wire(SOAP, envelope);
        }
        Related related = new Related();
        related.addBodyPart(bodyPart(SOAP, null, envelope));
        for (Part part : parts) {
            related.addBodyPart(bodyPart("application/octet-stream", part.getId(), part.octets()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        related.writeTo(out);
        return new Wire(related.getContentType().replaceAll("\\s+", " "), out.toByteArray());
    }

    Content content() throws Exception {
        if (!contentType.toLowerCase().startsWith("multipart/")) {
            return new Content(body, new Parts(List.of()));
        }
        MimeMultipart multipart = new MimeMultipart(new ByteArrayDataSource(body, contentType));
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i < multipart.getCount(); i++) {
            parts.add(part(multipart.getBodyPart(i)));
        }
        return new Content(octets(multipart.getBodyPart(0)), new Parts(parts));
    }

    private static MimeBodyPart bodyPart(String mimeType, String contentId, byte[] octets) throws Exception {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", mimeType);
        headers.setHeader("Content-Transfer-Encoding", "binary");
        if (contentId != null) {
            headers.setHeader("Content-ID", "<" + contentId + ">");
        }
        return new MimeBodyPart(headers, octets);
    }

    private static Part part(BodyPart found) throws Exception {
        Map<String, String> headers = new HashMap<>();
        for (var all = found.getAllHeaders(); all.hasMoreElements();) {
            Header header = all.nextElement();
            headers.put(header.getName(), header.getValue());
        }
        String contentId = found.getHeader("Content-ID")[0].replaceAll("^<|>$", "");
        return new Part(contentId, found.getContentType(), headers, octets(found));
    }

    private static byte[] octets(BodyPart part) throws Exception {
        try (var stream = part.getInputStream()) {
            return stream.readAllBytes();
        }
    }

    /** multipart/related whose root is SOAP. */
    private static final class Related extends MimeMultipart {
        Related() throws Exception {
            super("related");
            ContentType type = new ContentType(contentType);
            type.setParameter("type", "application/soap+xml");
            contentType = type.toString();
        }
    }
}
