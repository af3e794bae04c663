package keruen.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.crypto.Crypto;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Own keys and the partner's certificates, from a folder of PEM files as the node under test keeps them. */
record Keys(Suite suite, Crypto crypto, X509Certificate partnerKeyAgreement) {
    static final String SIGNING = "signing";
    static final String PASSWORD = "in memory only";
    private static final String KEY_AGREEMENT = "key-agreement";

    /** Reads own keys from {@code folder}, and from {@code folder/partner} whom to trust and encrypt to. */
    static Keys load(Path folder) throws Exception {
        Suite suite = suite(folder.resolve(SIGNING + ".cert.pem"));
        Certificate authority = certificate(folder.resolve("authority.cert.pem"));
        KeyStore own = emptyStore();
        putPair(own, folder, SIGNING, authority);
        putPair(own, folder, KEY_AGREEMENT, authority);
        KeyStore trusted = emptyStore();
        Path partner = folder.resolve("partner");
        trusted.setCertificateEntry("partner authority", certificate(partner.resolve("authority.cert.pem")));
        trusted.setCertificateEntry("partner signing", certificate(partner.resolve(SIGNING + ".cert.pem")));
        Merlin crypto = new Merlin();
        crypto.setKeyStore(own);
        crypto.setTrustStore(trusted);
        return new Keys(suite, crypto, certificate(partner.resolve(KEY_AGREEMENT + ".cert.pem")));
    }

    /** Answers WSS4J when it asks for the password of a key. */
    static CallbackHandler passwords() {
        return callbacks -> {
            for (Callback callback : callbacks) {
                ((WSPasswordCallback) callback).setPassword(PASSWORD);
            }
        };
    }

    /** The suite of a signing certificate; Java reads brainpool keys but cannot use them, so Bouncy Castle does. */
    private static Suite suite(Path file) throws Exception {
        PublicKey key = certificate(file).getPublicKey();
        if (key instanceof ECPublicKey ec && ec.getParams().toString().contains("brainpool")) {
            java.security.Security.removeProvider("SunEC");
            java.security.Security.addProvider(new BouncyCastleProvider());
        }
        return Suite.of(key);
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void putPair(KeyStore store, Path folder, String name, Certificate issuer) throws Exception {
        X509Certificate certificate = certificate(folder.resolve(name + ".cert.pem"));
        Certificate[] chain = {certificate, issuer};
        PrivateKey key = privateKey(folder.resolve(name + ".key.pem"), certificate.getPublicKey().getAlgorithm());
        store.setKeyEntry(name, key, PASSWORD.toCharArray(), chain);
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (var input = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws Exception {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] der = Base64.getDecoder().decode(base64);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
