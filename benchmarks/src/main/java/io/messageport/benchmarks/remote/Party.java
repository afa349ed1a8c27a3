package io.messageport.benchmarks.remote;

/** Who is measured. */
enum Party {
    /** Us, unencrypted. */
    PLAIN("plain"),
    /** Us, over TLS. */
    TLS("tls"),
    /** Pekko typed over Artery TCP, unencrypted. */
    PEKKO("pekko"),
    /** A blocking socket, used by virtual threads. */
    RAW_VIRTUAL("raw-virtual"),
    /** A blocking socket, used by platform threads. */
    RAW_PLATFORM("raw-platform");

    private final String label;

    Party(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isOurs() {
        return this == PLAIN || this == TLS;
    }
}
