package keruen.interop;

import com.helger.phase4.crypto.AS4CryptoFactoryInMemoryKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Own keys and the partner's certificates, from a folder of PEM files as the node under test keeps them.
 *
 * <p>Two crypto factories, for a 2.0 profile has one key to sign and another one to decrypt.
 */
record Keys(
        PublicKey signingKey,
        AS4CryptoFactoryInMemoryKeyStore sign,
        AS4CryptoFactoryInMemoryKeyStore crypt,
        X509Certificate partnerKeyAgreement) {
    private static final String SIGNING = "signing";
    private static final String KEY_AGREEMENT = "key-agreement";
    private static final char[] PASSWORD = "in memory only".toCharArray();

    /** Reads own keys from {@code folder}, and from {@code folder/partner} whom to trust and encrypt to. */
    static Keys load(Path folder) throws Exception {
        PublicKey signing = certificate(folder.resolve(SIGNING + ".cert.pem")).getPublicKey();
        chooseProvider(signing);
        Certificate authority = certificate(folder.resolve("authority.cert.pem"));
        KeyStore own = emptyStore();
        putPair(own, folder, SIGNING, authority);
        putPair(own, folder, KEY_AGREEMENT, authority);
        KeyStore trusted = emptyStore();
        Path partner = folder.resolve("partner");
        trusted.setCertificateEntry("partner authority", certificate(partner.resolve("authority.cert.pem")));
        trusted.setCertificateEntry("partner signing", certificate(partner.resolve(SIGNING + ".cert.pem")));
        return new Keys(signing,
                new AS4CryptoFactoryInMemoryKeyStore(own, SIGNING, PASSWORD, trusted),
                new AS4CryptoFactoryInMemoryKeyStore(own, KEY_AGREEMENT, PASSWORD, trusted),
                certificate(partner.resolve(KEY_AGREEMENT + ".cert.pem")));
    }

    /** Java reads brainpool keys but cannot use them, so there Bouncy Castle does all of EC. */
    private static void chooseProvider(PublicKey signing) {
        if (signing instanceof ECPublicKey ec && ec.getParams().toString().contains("brainpool")) {
            Security.removeProvider("SunEC");
            Security.addProvider(new BouncyCastleProvider());
        }
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void putPair(KeyStore store, Path folder, String name, Certificate issuer) throws Exception {
        X509Certificate certificate = certificate(folder.resolve(name + ".cert.pem"));
        PrivateKey key = privateKey(folder.resolve(name + ".key.pem"), certificate.getPublicKey().getAlgorithm());
        store.setKeyEntry(name, key, PASSWORD, new Certificate[] {certificate, issuer});
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
