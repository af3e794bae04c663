package keruen.interop;

import java.security.PublicKey;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.xml.security.signature.XMLSignature;

/** The algorithms of a profile: eDelivery AS4 2.0 with EdDSA or ECDSA, and 1.15 with RSA. */
enum Suite {
    EDDSA(XMLSignature.ALGO_ID_SIGNATURE_EDDSA_ED25519, WSConstants.AGREEMENT_METHOD_X25519),
    ECDSA(XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256, WSConstants.AGREEMENT_METHOD_ECDH_ES),
    RSA(XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256, null);

    private static final int LARGEST_CURVE = 521;
    private final String signature;
    private final String agreement;

    Suite(String signature, String agreement) {
        this.signature = signature;
        this.agreement = agreement;
    }

    /** The suite that a signing key is for. */
    static Suite of(PublicKey signing) {
        return switch (signing.getAlgorithm()) {
            case "EC", "ECDSA" -> ECDSA;
            case "RSA" -> RSA;
            default -> EDDSA;
        };
    }

    String signature() {
        return signature;
    }

    void prepare(WSSecEncrypt encryption) {
        encryption.setSymmetricEncAlgorithm(WSConstants.AES_128_GCM);
        if (this == RSA) {
            encryption.setKeyEncAlgo(WSConstants.KEYTRANSPORT_RSAOAEP_XENC11);
            encryption.setDigestAlgorithm(WSConstants.SHA256);
            encryption.setMGFAlgorithm(WSConstants.MGF_SHA256);
        } else {
            encryption.setKeyAgreementMethod(agreement);
            encryption.setKeyDerivationMethod(WSConstants.KEYDERIVATION_HKDF);
            encryption.setKeyEncAlgo(WSConstants.KEYWRAP_AES128);
        }
    }

    /** Nothing but the profile's algorithms, for WSS4J to enforce. */
    AlgorithmSuite allowed() {
        AlgorithmSuite suite = new AlgorithmSuite();
        suite.addSignatureMethod(signature);
        suite.addDigestAlgorithm(WSConstants.SHA256);
        suite.addC14nAlgorithm(WSConstants.C14N_EXCL_OMIT_COMMENTS);
        suite.addTransformAlgorithm(WSConstants.C14N_EXCL_OMIT_COMMENTS);
        suite.addTransformAlgorithm(WSConstants.SWA_ATTACHMENT_CONTENT_SIG_TRANS);
        suite.addEncryptionMethod(WSConstants.AES_128_GCM);
        suite.setMaximumEllipticCurveKeyLength(LARGEST_CURVE);
        if (this == RSA) {
            suite.addKeyWrapAlgorithm(WSConstants.KEYTRANSPORT_RSAOAEP_XENC11);
        } else {
            suite.addKeyAgreementMethodAlgorithm(agreement);
            suite.addDerivedKeyAlgorithm(WSConstants.KEYDERIVATION_HKDF);
            suite.addKeyWrapAlgorithm(WSConstants.KEYWRAP_AES128);
        }
        return suite;
    }
}
