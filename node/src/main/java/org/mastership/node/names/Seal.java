package org.mastership.node.names;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is said to and by an embedded name server with a secret that servers and name server
 * share (HMAC-SHA256), so that nobody else can register or answer. A registration that is repeated
 * by a listener does no harm: it replaces a lower epoch only.
 */
final class Seal {
  /** The HTTP header that has the signature. */
  static final String HEADER = "Mastership-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  /**
   * With a secret.
   *
   * @throws IllegalArgumentException if it is empty
   */
  Seal(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** The signature of what is said about a group. */
  String of(String group, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return HexFormat.of()
          .formatHex(mac.doFinal((group + "\n" + text).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Whether a signature is that of what is said about a group. */
  boolean fits(String group, String text, String signature) {
    return MessageDigest.isEqual(
        of(group, text).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }
}
