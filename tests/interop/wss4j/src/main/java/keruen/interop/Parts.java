package keruen.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.apache.wss4j.common.ext.Attachment;
import org.apache.wss4j.common.ext.AttachmentRequestCallback;
import org.apache.wss4j.common.ext.AttachmentResultCallback;

/** The parts of one message, by Content-ID: WSS4J asks for them and puts back what it made of them. */
final class Parts implements CallbackHandler {
    private static final String ALL = "Attachments";
    private final Map<String, Part> parts = new LinkedHashMap<>();

    Parts(List<Part> parts) {
        parts.forEach(part -> this.parts.put(part.getId(), part));
    }

    List<Part> list() {
        return List.copyOf(parts.values());
    }

    Part get(String contentId) {
        return parts.get(contentId);
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof AttachmentRequestCallback request) {
                request.setAttachments(wanted(request.getAttachmentId()));
            } else if (callback instanceof AttachmentResultCallback result) {
                keep(result.getAttachmentId(), result.getAttachment());
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private List<Attachment> wanted(String contentId) throws IOException {
        if (ALL.equals(contentId)) {
            return new ArrayList<>(parts.values());
        }
        Part part = parts.get(contentId);
        if (part == null) {
            throw new IOException("no part " + contentId + " among " + parts.keySet());
        }
        return List.of(part);
    }

    /** Reads the new octets to their end, where the tag of an encrypted part is checked. */
    private void keep(String contentId, Attachment made) throws IOException {
        try (var stream = made.getSourceStream()) {
            byte[] octets = stream.readAllBytes();
            parts.put(contentId, new Part(contentId, made.getMimeType(), made.getHeaders(), octets));
        }
    }
}
