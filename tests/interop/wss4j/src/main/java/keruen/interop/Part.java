package keruen.interop;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.apache.wss4j.common.ext.Attachment;

/** A part of a message whose octets can be read as often as WSS4J likes. */
final class Part extends Attachment {
    private final byte[] octets;

    Part(String contentId, String mimeType, Map<String, String> headers, byte[] octets) {
        setId(contentId);
        setMimeType(mimeType);
        addHeaders(headers);
        this.octets = octets;
    }

    byte[] octets() {
        return octets;
    }

    @Override
    public InputStream getSourceStream() {
        return new ByteArrayInputStream(octets);
    }
}
