package keruen.interop;

import com.helger.base.state.ETriState;
import com.helger.phase4.CAS4;
import com.helger.phase4.crypto.AS4CryptParams;
import com.helger.phase4.crypto.ECryptoAlgorithmCrypt;
import com.helger.phase4.crypto.ECryptoAlgorithmSign;
import com.helger.phase4.crypto.ECryptoAlgorithmSignDigest;
import com.helger.phase4.mgr.MetaAS4Manager;
import com.helger.phase4.model.EMEP;
import com.helger.phase4.model.EMEPBinding;
import com.helger.phase4.model.pmode.IPModeIDProvider;
import com.helger.phase4.model.pmode.PMode;
import com.helger.phase4.model.pmode.PModeParty;
import com.helger.phase4.model.pmode.PModeReceptionAwareness;
import com.helger.phase4.model.pmode.leg.EPModeSendReceiptReplyPattern;
import com.helger.phase4.model.pmode.leg.PModeLeg;
import com.helger.phase4.model.pmode.leg.PModeLegBusinessInformation;
import com.helger.phase4.model.pmode.leg.PModeLegErrorHandling;
import com.helger.phase4.model.pmode.leg.PModeLegProtocol;
import com.helger.phase4.model.pmode.leg.PModeLegReliability;
import com.helger.phase4.model.pmode.leg.PModeLegSecurity;
import com.helger.phase4.profile.AS4Profile;
import com.helger.phase4.profile.IAS4ProfileValidator;
import com.helger.phase4.wss.EWSSVersion;
import java.security.PublicKey;

/** The profiles as P-Modes: eDelivery AS4 2.0 with EdDSA or ECDSA, and 1.15 with RSA; One-Way/Push. */
enum Suite {
    EDDSA(ECryptoAlgorithmSign.EDDSA_ED25519),
    ECDSA(ECryptoAlgorithmSign.ECDSA_SHA_256),
    RSA(ECryptoAlgorithmSign.RSA_SHA_256);

    private static final int AES_BITS = 128;
    private final ECryptoAlgorithmSign signature;

    Suite(ECryptoAlgorithmSign signature) {
        this.signature = signature;
    }

    /** The suite that a signing key is for. */
    static Suite of(PublicKey signing) {
        return switch (signing.getAlgorithm()) {
            case "EC", "ECDSA" -> ECDSA;
            case "RSA" -> RSA;
            default -> EDDSA;
        };
    }

    /** Make this profile known to phase4; its P-Mode is then that of whatever names none. */
    void register() {
        IPModeIDProvider ids = IPModeIDProvider.DEFAULT_DYNAMIC;
        MetaAS4Manager.getProfileMgr().registerProfile(new AS4Profile(name(), name(),
                () -> new IAS4ProfileValidator() {}, this::pmode, ids, false, false));
    }

    /** The P-Mode of two parties. */
    PMode pmode(String initiator, String responder, String url) {
        PModeParty from = PModeParty.createSimple(initiator, CAS4.DEFAULT_INITIATOR_URL);
        PModeParty to = PModeParty.createSimple(responder, CAS4.DEFAULT_RESPONDER_URL);
        PMode pmode = new PMode(IPModeIDProvider.DEFAULT_DYNAMIC.getPModeID(from, to), from, to, "urn:as4:agreement",
                EMEP.ONE_WAY, EMEPBinding.PUSH, leg(url), null, null,
                new PModeReceptionAwareness(ETriState.TRUE, ETriState.FALSE, 0, 0, ETriState.TRUE));
        MetaAS4Manager.getPModeMgr().createOrUpdatePMode(pmode);
        return pmode;
    }

    private PModeLeg leg(String url) {
        PModeLegErrorHandling errors = new PModeLegErrorHandling(null, null, ETriState.TRUE, ETriState.TRUE,
                ETriState.TRUE, ETriState.TRUE);
        PModeLegBusinessInformation business = PModeLegBusinessInformation.create(null, CAS4.DEFAULT_ACTION_URL, null,
                CAS4.DEFAULT_MPC_ID);
        return new PModeLeg(PModeLegProtocol.createForDefaultSoapVersion(url), business, errors,
                (PModeLegReliability) null, security());
    }

    private PModeLegSecurity security() {
        PModeLegSecurity security = new PModeLegSecurity();
        security.setWSSVersion(EWSSVersion.WSS_111);
        security.setX509SignatureAlgorithm(signature);
        security.setX509SignatureHashFunction(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
        security.setX509EncryptionAlgorithm(ECryptoAlgorithmCrypt.AES_128_GCM);
        security.setX509EncryptionMinimumStrength(AES_BITS);
        security.setPModeAuthorize(false);
        security.setSendReceipt(true);
        security.setSendReceiptNonRepudiation(true);
        security.setSendReceiptReplyPattern(EPModeSendReceiptReplyPattern.RESPONSE);
        return security;
    }

    /** How the content key travels; of RSA phase4's own default is the profile's: OAEP with MGF1 over SHA-256. */
    void prepare(AS4CryptParams encryption) {
        switch (this) {
            case EDDSA -> encryption.setEDelivery2KeyAgreementX25519();
            case ECDSA -> encryption.setEDelivery2KeyAgreementECDHES();
            default -> { }
        }
    }
}
