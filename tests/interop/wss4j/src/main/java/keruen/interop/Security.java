package keruen.interop;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyGenerator;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** WS-Security by the profile that the keys are for, all of it done by WSS4J and Santuario. */
final class Security {
    private static final String PARTS = "cid:Attachments";
    private static final String EXC_C14N = WSConstants.C14N_EXCL_OMIT_COMMENTS;
    private static final String PATH = "path";
    /** How certificates may be referred to; PATH means a token with the signer's and its authority's. */
    private static final Map<String, Integer> REFERENCES = Map.of(
            "token", WSConstants.BST_DIRECT_REFERENCE,
            PATH, WSConstants.BST_DIRECT_REFERENCE,
            "ski", WSConstants.SKI_KEY_IDENTIFIER,
            "issuer", WSConstants.ISSUER_SERIAL,
            "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER);

    static {
        WSSConfig.init();
    }

    private Security() {}

    /** Signs Messaging, Body and all parts. */
    static void sign(Document envelope, Parts parts, Keys keys, String reference) throws Exception {
        WSSecSignature signature = new WSSecSignature(header(envelope));
        signature.setUserInfo(Keys.SIGNING, Keys.PASSWORD);
        signature.setKeyIdentifierType(REFERENCES.get(reference));
        signature.setUseSingleCertificate(!reference.equals(PATH));
        signature.setSignatureAlgorithm(keys.suite().signature());
        signature.setDigestAlgo(WSConstants.SHA256);
        signature.setSigCanonicalization(EXC_C14N);
        signature.getParts().add(new WSEncryptionPart("Messaging", Xml.EB, "Content"));
        signature.getParts().add(new WSEncryptionPart("Body", Xml.S12, "Content"));
        if (!parts.list().isEmpty()) {
            signature.getParts().add(new WSEncryptionPart(PARTS, "Content"));
            signature.setAttachmentCallbackHandler(parts);
        }
        signature.build(keys.crypto());
    }

    /** Encrypts all parts. */
    static void encrypt(Document envelope, Parts parts, Keys keys, String reference) throws Exception {
        WSSecEncrypt encryption = new WSSecEncrypt(header(envelope));
        encryption.setKeyIdentifierType(REFERENCES.get(reference));
        encryption.setUseThisCert(keys.partnerKeyAgreement());
        keys.suite().prepare(encryption);
        encryption.getParts().add(new WSEncryptionPart(PARTS, "Content"));
        encryption.setAttachmentCallbackHandler(parts);
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(128);
        encryption.build(keys.crypto(), generator.generateKey());
    }

    /** What WSS4J found out about a message. */
    record Opened(X509Certificate signer, int signed, int decrypted) {}

    /** Decrypts and verifies; fails unless Messaging, Body and every part are signed, and every part encrypted. */
    static Opened open(Document envelope, Parts parts, Keys keys) throws Exception {
        WSSecurityEngine engine = new WSSecurityEngine();
        var handled = engine.processSecurityHeader(envelope, request(parts, keys));
        if (handled == null) {
            throw new IllegalArgumentException("no security header");
        }
        X509Certificate signer = null;
        List<WSDataRef> signed = new ArrayList<>();
        int decrypted = 0;
        for (WSSecurityEngineResult result : handled.getResults()) {
            int action = (Integer) result.get(WSSecurityEngineResult.TAG_ACTION);
            if (action == WSConstants.SIGN) {
                signer = (X509Certificate) result.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE);
                signed.addAll(references(result));
            } else if (action == WSConstants.ENCR) {
                decrypted += references(result).size();
            }
        }
        require(envelope, parts, signed, decrypted);
        return new Opened(signer, signed.size(), decrypted);
    }

    private static WSSecHeader header(Document envelope) throws Exception {
        WSSecHeader header = new WSSecHeader(envelope);
        header.insertSecurityHeader();
        return header;
    }

    private static RequestData request(Parts parts, Keys keys) {
        RequestData request = new RequestData();
        request.setWssConfig(WSSConfig.getNewInstance());
        request.setSigVerCrypto(keys.crypto());
        request.setDecCrypto(keys.crypto());
        request.setCallbackHandler(Keys.passwords());
        request.setAttachmentCallbackHandler(parts);
        request.setAlgorithmSuite(keys.suite().allowed());
        return request;
    }

    @SuppressWarnings("unchecked")
    private static List<WSDataRef> references(WSSecurityEngineResult result) {
        var found = (List<WSDataRef>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
        return found == null ? List.of() : found;
    }

    private static void require(Document envelope, Parts parts, List<WSDataRef> signed, int decrypted) {
        List<Element> elements = signed.stream().map(WSDataRef::getProtectedElement).toList();
        boolean whole = elements.contains(Xml.one(envelope, Xml.EB, "Messaging"))
                && elements.contains(Xml.one(envelope, Xml.S12, "Body"));
        long signedParts = signed.stream().filter(WSDataRef::isAttachment).count();
        int count = parts.list().size();
        if (!whole || signedParts != count || decrypted != count) {
            throw new IllegalArgumentException("of " + count + " parts " + signedParts + " are signed and "
                    + decrypted + " encrypted; header signed: " + whole);
        }
    }
}
