package io.messageport.transport.wire;

/** How text is measured before it is written. */
final class Utf8 {
    private Utf8() {}

    /**
     * Bytes the text takes.
     *
     * @throws Unencodable at a surrogate without its partner, which UTF-8 cannot express
     */
    static long length(String text) {
        int chars = text.length();
        long length = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
                if (Character.isSurrogate(c)) {
                    if (!Character.isHighSurrogate(c) || i + 1 == chars
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        throw new Unencodable("text with a lone surrogate at index " + i
                                + " cannot cross the network; send bytes, or mend the text");
                    }
                    i++;
                }
            }
        }
        return length;
    }
}
