package io.messageport.runtime.db;

import io.messageport.Database;

/** The rules for families and keys ({@code DB-2}), and the sentences about what breaks them. Pure. */
final class Names {
    private Names() {}

    /**
     * Checks a family and a key.
     *
     * @throws IllegalArgumentException which says what is wrong and what would be right
     */
    static void require(String family, String key) {
        requireFamily(family);
        if (!isKey(key)) {
            throw new IllegalArgumentException(key == null || key.isEmpty()
                    ? "a key of family " + family + " must not be " + (key == null ? "null" : "empty")
                    : "a key of family " + family + " has " + key.length() + " characters: at most "
                            + Database.LONGEST_KEY + " are allowed; put what is long into the value");
        }
    }

    /**
     * Checks a family that is only looked at: those that the nodes keep themselves can be, too.
     *
     * @throws IllegalArgumentException which says what is wrong and what would be right
     */
    static void requireReadable(String family) {
        if (!isInternal(family)) {
            requireFamily(family);
        }
    }

    /** Whether the nodes keep a family themselves: each sets its own name there, and nobody sets anything else. */
    static boolean isInternal(String family) {
        return Database.NODES.equals(family) || Database.GLOBALS.equals(family);
    }

    /**
     * Checks a family.
     *
     * @throws IllegalArgumentException which says what is wrong and what would be right
     */
    static void requireFamily(String family) {
        if (isInternal(family)) {
            throw new IllegalArgumentException(
                    "family " + family + " is kept by the nodes themselves: it can be read and"
                            + " watched, but nothing can be set or deleted there");
        }
        if (!isFamily(family)) {
            throw new IllegalArgumentException("no family can be called "
                    + (family == null ? "null" : '"' + shortened(family) + '"')
                    + ": a letter comes first, then letters, digits, _ and :, at most "
                    + Database.LONGEST_FAMILY + " in all, as in \"eg_receivers\"");
        }
    }

    private static String shortened(String text) {
        return text.length() <= Database.LONGEST_FAMILY ? text : text.substring(0, Database.LONGEST_FAMILY) + "…";
    }

    static boolean isKey(String key) {
        return key != null && !key.isEmpty() && key.length() <= Database.LONGEST_KEY;
    }

    static boolean isFamily(String family) {
        if (family == null || family.isEmpty() || family.length() > Database.LONGEST_FAMILY
                || !isLetter(family.charAt(0))) {
            return false;
        }
        for (int i = 1; i < family.length(); i++) {
            char c = family.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_' && c != ':') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
