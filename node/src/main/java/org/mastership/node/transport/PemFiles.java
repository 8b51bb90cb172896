package org.mastership.node.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys, and says which file is wrong and what to do. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PemFiles() {}

  /** The certificates of a file, one at least, all valid today. */
  static X509Certificate[] certificates(Path file) throws TransportException {
    byte[] bytes = read(file);
    X509Certificate[] certificates;
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      certificates = found.toArray(new X509Certificate[0]);
    } catch (CertificateException e) {
      throw new TransportException(
          "the TLS file " + file + " has no certificates in PEM form: " + Printable.of(e), e);
    }
    if (certificates.length == 0) {
      throw new TransportException("the TLS file " + file + " has no certificate", null);
    }
    for (X509Certificate certificate : certificates) {
      requireValid(file, certificate);
    }
    return certificates;
  }

  private static void requireValid(Path file, X509Certificate certificate)
      throws TransportException {
    try {
      certificate.checkValidity();
    } catch (CertificateException e) {
      throw new TransportException(
          "the certificate of "
              + certificate.getSubjectX500Principal()
              + " in the TLS file "
              + file
              + " is valid only from "
              + certificate.getNotBefore().toInstant()
              + " to "
              + certificate.getNotAfter().toInstant()
              + "; renew it, or set this machine's clock right",
          e);
    }
  }

  /** The private key of a certificate. */
  static PrivateKey key(Path file, Path certificateFile, X509Certificate certificate)
      throws TransportException {
    Matcher text = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
    if (!text.find()) {
      throw new TransportException(
          "the TLS file "
              + file
              + " has no private key in PKCS#8 form without a password; make one by: openssl pkcs8"
              + " -topk8 -nocrypt -in "
              + file,
          null);
    }
    try {
      PublicKey other = certificate.getPublicKey();
      byte[] encoded = Base64.getMimeDecoder().decode(text.group(1));
      PrivateKey key =
          KeyFactory.getInstance(other.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      requirePair(key, other);
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TransportException(
          "the private key in the TLS file "
              + file
              + " is not the one of the first certificate in "
              + certificateFile
              + ": "
              + Printable.of(e),
          e);
    }
  }

  /** What the one signs the other must verify. */
  private static void requirePair(PrivateKey key, PublicKey other) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signatureOf(other));
    byte[] signed = {1};
    signature.initSign(key);
    signature.update(signed);
    byte[] sign = signature.sign();
    signature.initVerify(other);
    signature.update(signed);
    if (!signature.verify(sign)) {
      throw new GeneralSecurityException("they are no pair");
    }
  }

  private static String signatureOf(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static byte[] read(Path file) throws TransportException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TransportException(
          "the TLS file " + file + " can not be read (" + e + "); check the path and its rights",
          e);
    }
  }
}
