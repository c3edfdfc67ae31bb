package org.tinytune.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest by which data are told apart. */
public final class Sha256 {
    private Sha256() {}

    /** A digest that has seen nothing. */
    public static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
