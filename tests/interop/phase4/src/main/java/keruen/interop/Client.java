package keruen.interop;

import com.helger.httpclient.HttpClientFactory;
import com.helger.mime.parse.MimeTypeParser;
import com.helger.phase4.CAS4;
import com.helger.phase4.attachment.AS4OutgoingAttachment;
import com.helger.phase4.crypto.ECryptoKeyIdentifierType;
import com.helger.phase4.ebms3header.Ebms3Error;
import com.helger.phase4.ebms3header.Ebms3SignalMessage;
import com.helger.phase4.incoming.IAS4IncomingMessageState;
import com.helger.phase4.messaging.http.HttpRetrySettings;
import com.helger.phase4.model.MessageProperty;
import com.helger.phase4.model.pmode.PMode;
import com.helger.phase4.sender.AS4Sender;
import com.helger.phase4.sender.EAS4UserMessageSendResult;
import com.helger.phase4.sender.IAS4SignalMessageValidationResultHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Sends messages that files of properties describe; payloads are {@code N.file, N.mime-type, N.packed}.
 *
 * <p>Says {@code receipt SIGNER} or {@code error CODE SEVERITY SIGNER}, whether the references of the receipt are those
 * that were sent ({@code references agree}), and phase4's own {@code result}.
 */
final class Client {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String UNSIGNED = "unsigned";
    private final Keys keys;
    private final Suite suite;
    private final PMode pmode;
    private final HttpClientFactory http;
    private final Properties asked;

    Client(Keys keys, Suite suite, HttpClientFactory http, Properties asked) {
        this.keys = keys;
        this.suite = suite;
        this.http = http;
        this.asked = asked;
        this.pmode = suite.pmode(asked.getProperty("from"), asked.getProperty("to"), asked.getProperty("url"));
    }

    /** Send one and tell what came of it. */
    void send(Consumer<String> say) throws Exception {
        AS4Sender.BuilderUserMessage message = message(payloads());
        message.messageID(asked.getProperty("message-id"));
        message.signalMsgConsumer((signal, metadata, state) -> answered(signal, state, say));
        message.signalMsgValidationResultHdl(new IAS4SignalMessageValidationResultHandler() {
            @Override
            public void onSuccess() {
                say.accept("references agree");
            }

            @Override
            public void onNotApplicable() {
                // An error has none.
            }

            @Override
            public void onError(String reason) {
                say.accept("references differ");
            }
        });
        say.accept("result " + message.sendMessageAndCheckForReceipt());
    }

    /** Send one and say nothing but phase4's result. */
    EAS4UserMessageSendResult send(List<AS4OutgoingAttachment> payloads) throws Exception {
        return message(payloads).sendMessageAndCheckForReceipt();
    }

    private static void answered(Ebms3SignalMessage signal, IAS4IncomingMessageState state, Consumer<String> say) {
        String signer = state.hasSigningCertificate()
                ? state.getSigningCertificate().getSubjectX500Principal().getName() : UNSIGNED;
        for (Ebms3Error error : signal.getError()) {
            say.accept("error " + error.getErrorCode() + " " + error.getSeverity() + " " + signer);
        }
        if (signal.getReceipt() != null) {
            say.accept("receipt " + signer);
        }
    }

    private AS4Sender.BuilderUserMessage message(List<AS4OutgoingAttachment> payloads) {
        AS4Sender.BuilderUserMessage message = AS4Sender.builderUserMessage().as4ProfileID(suite.name()).pmode(pmode)
                .httpClientFactory(http).endpointURL(asked.getProperty("url"))
                .cryptoFactorySign(keys.sign()).cryptoFactoryCrypt(keys.crypt())
                .receiverCertificate(keys.partnerKeyAgreement())
                .fromPartyIDType(asked.getProperty("party-type")).fromPartyID(asked.getProperty("from"))
                .fromRole(CAS4.DEFAULT_INITIATOR_URL)
                .toPartyIDType(asked.getProperty("party-type")).toPartyID(asked.getProperty("to"))
                .toRole(CAS4.DEFAULT_RESPONDER_URL)
                .service(asked.getProperty("service-type"), asked.getProperty("service"))
                .action(asked.getProperty("action")).agreementRef(asked.getProperty("agreement"))
                .conversationID(asked.getProperty("conversation"));
        suite.prepare(message.cryptParams());
        refer(message);
        describe(message);
        payloads.forEach(message::addAttachment);
        return message;
    }

    private void refer(AS4Sender.BuilderUserMessage message) {
        String reference = asked.getProperty("certificates-by");
        if (reference != null) {
            ECryptoKeyIdentifierType type = ECryptoKeyIdentifierType.valueOf(reference);
            message.signingParams().setKeyIdentifierType(type);
            message.cryptParams().setKeyIdentifierType(type);
        }
        String retries = asked.getProperty("retries");
        if (retries != null) {
            message.httpRetrySettings(new HttpRetrySettings().setMaxRetries(Integer.parseInt(retries))
                    .setDurationBeforeRetry(PAUSE));
        }
    }

    private void describe(AS4Sender.BuilderUserMessage message) {
        for (int i = 0; asked.containsKey("property." + i + ".name"); i++) {
            String property = "property." + i;
            message.addMessageProperty(MessageProperty.builder().name(asked.getProperty(property + ".name"))
                    .type(asked.getProperty(property + ".type")).value(asked.getProperty(property + ".value")));
        }
    }

    /** The payloads that are asked for. */
    List<AS4OutgoingAttachment> payloads() throws Exception {
        List<AS4OutgoingAttachment> payloads = new ArrayList<>();
        for (int i = 0; asked.containsKey(i + ".file"); i++) {
            AS4OutgoingAttachment.Builder payload = AS4OutgoingAttachment.builder()
                    .data(Files.readAllBytes(Path.of(asked.getProperty(i + ".file"))))
                    .mimeType(MimeTypeParser.parseMimeType(asked.getProperty(i + ".mime-type")));
            if (Boolean.parseBoolean(asked.getProperty(i + ".packed"))) {
                payload.compressionGZIP();
            }
            payloads.add(payload.build());
        }
        return payloads;
    }
}
