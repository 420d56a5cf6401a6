package dev.laurel.front;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.jspecify.annotations.Nullable;

/** The certificate of this server, and whose certificates clients may bring: files in PEM, which new connections see as they are then. */
public final class Tls {
    private static final String CERTIFICATE = "LAUREL_TLS_CERTIFICATE";
    private static final String KEY = "LAUREL_TLS_KEY";
    private static final String CLIENTS = "LAUREL_TLS_CLIENTS";
    private static final String ALIAS = "laurel";

    private final Mounted<Identity> identity;
    private final @Nullable Mounted<X509ExtendedTrustManager> clients;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Identity(X509Certificate[] chain, PrivateKey key) {}

    private Tls(Path certificate, Path key, @Nullable Path clients) {
        this.identity = new Mounted<>(List.of(certificate, key), () -> identity(certificate, key));
        this.clients = clients == null ? null : new Mounted<>(List.of(clients), () -> trust(clients));
    }

    /**
     * Empty where the environment names no certificate.
     *
     * @throws InvalidValueException naming the variable whose file is not as it should be
     */
    static Optional<Tls> of(Map<String, String> environment) {
        String certificate = environment.getOrDefault(CERTIFICATE, "");
        String key = environment.getOrDefault(KEY, "");
        String clients = environment.getOrDefault(CLIENTS, "");
        Expect.that(
                certificate.isBlank() == key.isBlank(),
                CERTIFICATE,
                "one of two",
                "it and %s, or neither".formatted(KEY));
        Expect.that(
                clients.isBlank() || !certificate.isBlank(), CLIENTS, clients, "%s beside it".formatted(CERTIFICATE));
        return certificate.isBlank()
                ? Optional.empty()
                : Optional.of(new Tls(Path.of(certificate), Path.of(key), clients.isBlank() ? null : Path.of(clients)));
    }

    /** Whether clients may bring certificates, and have to for predictions unless they bring a token. */
    public boolean asksClients() {
        return clients != null;
    }

    public KeyManager keys() {
        return new Keys();
    }

    /** Empty where no client is asked. */
    public Optional<TrustManager> trust() {
        return Optional.ofNullable(clients).map(Trust::new);
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {keys()},
                    trust().map(trust -> new TrustManager[] {trust}).orElse(new TrustManager[0]),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static Identity identity(Path certificate, Path key) {
        X509Certificate[] chain = certificates(CERTIFICATE, certificate).toArray(X509Certificate[]::new);
        try (Reader reader = Files.newBufferedReader(key);
                PEMParser pem = new PEMParser(reader)) {
            for (Object each = pem.readObject(); each != null; each = pem.readObject()) {
                PrivateKeyInfo info = each instanceof PEMKeyPair pair
                        ? pair.getPrivateKeyInfo()
                        : each instanceof PrivateKeyInfo own ? own : null;
                if (info != null) {
                    PrivateKey own = key(info);
                    // Else no client could connect, and nothing would say why.
                    Expect.that(isOf(own, chain[0]), KEY, key, "the key of the first certificate of " + certificate);
                    return new Identity(chain, own);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidValueException(KEY, key, "a file that can be read, with a private key in PEM");
        }
        throw new InvalidValueException(KEY, key, "a private key in PEM, without a password");
    }

    /** Whether what the key signs is what the certificate verifies. */
    private static boolean isOf(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> algorithm;
                });
        byte[] some = {1};
        signature.initSign(key);
        signature.update(some);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(some);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            // Of another curve or length.
            return false;
        }
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        // The JDK knows the others by their numbers.
        String name = algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey.getId()) ? "EC" : algorithm;
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static List<X509Certificate> certificates(String setting, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> certificates = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(each -> certificates.add((X509Certificate) each));
            Expect.that(!certificates.isEmpty(), setting, file, "certificates in PEM");
            return certificates;
        } catch (IOException | CertificateException e) {
            throw new InvalidValueException(setting, file, "a file that can be read, with certificates in PEM");
        }
    }

    private static X509ExtendedTrustManager trust(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : certificates(CLIENTS, file)) {
                store.setCertificateEntry("client-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has a store of certificates", e);
        }
    }

    /** The one key, whatever is asked for. */
    private final class Keys extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return chooseServerAlias(type, issuers, null);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            String own = identity.get().key().getAlgorithm();
            return type.startsWith(own) ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.get().chain().clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.get().key();
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }
    }

    /** Asks the certificates as they are now. */
    private static final class Trust extends X509ExtendedTrustManager {
        private final Mounted<X509ExtendedTrustManager> now;

        Trust(Mounted<X509ExtendedTrustManager> now) {
            this.now = now;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            now.get().checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            now.get().checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            now.get().checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return now.get().getAcceptedIssuers();
        }
    }
}
