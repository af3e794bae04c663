package keruen.interop;

import com.helger.collection.commons.ICommonsList;
import com.helger.http.header.HttpHeaderMap;
import com.helger.phase4.attachment.WSS4JAttachment;
import com.helger.phase4.ebms3header.Ebms3Property;
import com.helger.phase4.ebms3header.Ebms3SignalMessage;
import com.helger.phase4.ebms3header.Ebms3UserMessage;
import com.helger.phase4.error.AS4ErrorList;
import com.helger.phase4.incoming.IAS4IncomingMessageMetadata;
import com.helger.phase4.incoming.IAS4IncomingMessageState;
import com.helger.phase4.incoming.spi.AS4MessageProcessorResult;
import com.helger.phase4.incoming.spi.AS4SignalMessageProcessorResult;
import com.helger.phase4.incoming.spi.IAS4IncomingMessageProcessorSPI;
import com.helger.phase4.model.error.EEbmsError;
import com.helger.phase4.model.pmode.IPMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.w3c.dom.Node;

/**
 * Whom phase4 hands messages to.
 *
 * <p>Of each, {@code out} gets a folder named after its id, with {@code 0.payload, 1.payload, …} in the order of the
 * header, and {@code report.properties}. Without {@code out} payloads are read and forgotten.
 */
record Application(Path out) implements IAS4IncomingMessageProcessorSPI {
    /** A conversation whose messages the application refuses. */
    private static final String REFUSED = "refuse-me";

    @Override
    public AS4MessageProcessorResult processAS4UserMessage(IAS4IncomingMessageMetadata metadata, HttpHeaderMap headers,
            Ebms3UserMessage message, IPMode pmode, Node body, ICommonsList<WSS4JAttachment> parts,
            IAS4IncomingMessageState state, AS4ErrorList errors) {
        try {
            take(message, parts == null ? List.of() : parts, state);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        if (REFUSED.equals(message.getCollaborationInfo().getConversationId())) {
            errors.add(EEbmsError.EBMS_OTHER.errorBuilder(Locale.US)
                    .refToMessageInError(message.getMessageInfo().getMessageId())
                    .errorDetail("the application refuses").build());
        }
        return AS4MessageProcessorResult.createSuccess();
    }

    private void take(Ebms3UserMessage message, List<WSS4JAttachment> parts, IAS4IncomingMessageState state)
            throws IOException {
        if (out == null) {
            for (WSS4JAttachment part : parts) {
                try (InputStream octets = part.getSourceStream()) {
                    octets.transferTo(OutputStream.nullOutputStream());
                }
            }
            return;
        }
        Path folder = Files.createDirectories(out.resolve(message.getMessageInfo().getMessageId()));
        for (int i = 0; i < parts.size(); i++) {
            try (InputStream octets = parts.get(i).getSourceStream()) {
                Files.copy(octets, folder.resolve(i + ".payload"));
            }
        }
        Path report = folder.resolve("report");
        try (var writer = Files.newBufferedWriter(report)) {
            report(message, parts, state).store(writer, null);
        }
        Files.move(report, folder.resolve("report.properties"));
    }

    private static Properties report(Ebms3UserMessage message, List<WSS4JAttachment> parts,
            IAS4IncomingMessageState state) {
        Properties report = new Properties();
        report.setProperty("signed", String.valueOf(state.isSoapSignatureChecked()));
        report.setProperty("decrypted", String.valueOf(state.isSoapDecrypted()));
        if (state.hasSigningCertificate()) {
            report.setProperty("signer", state.getSigningCertificate().getSubjectX500Principal().getName());
        }
        if (message.getCollaborationInfo().getAgreementRef() != null) {
            report.setProperty("agreement", message.getCollaborationInfo().getAgreementRef().getValue());
        }
        report.setProperty("service", message.getCollaborationInfo().getServiceValue());
        report.setProperty("action", message.getCollaborationInfo().getAction());
        report.setProperty("conversation", message.getCollaborationInfo().getConversationId());
        if (message.getMessageProperties() != null) {
            for (Ebms3Property property : message.getMessageProperties().getProperty()) {
                report.setProperty("property." + property.getName(), property.getType() + " " + property.getValue());
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            report.setProperty(i + ".mime-type", String.valueOf(parts.get(i).getMimeType()));
            report.setProperty(i + ".compressed", String.valueOf(parts.get(i).getCompressionMode() != null));
        }
        return report;
    }

    @Override
    public AS4SignalMessageProcessorResult processAS4SignalMessage(IAS4IncomingMessageMetadata metadata,
            HttpHeaderMap headers, Ebms3SignalMessage signal, IPMode pmode, IAS4IncomingMessageState state,
            AS4ErrorList errors) {
        return AS4SignalMessageProcessorResult.createSuccess();
    }

    @Override
    public void processAS4ResponseMessage(IAS4IncomingMessageMetadata metadata, IAS4IncomingMessageState state,
            String responseId, byte[] response, boolean available, AS4ErrorList errors) {
        // Nothing to do with it.
    }
}
