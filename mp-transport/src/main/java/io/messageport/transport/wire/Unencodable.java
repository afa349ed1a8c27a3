package io.messageport.transport.wire;

/** A value that has no wire form, and the way to it, collected from the inside out. */
final class Unencodable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final StringBuilder path = new StringBuilder();

    Unencodable(String what) {
        super(null, null, false, false);
        this.what = what;
    }

    /** Adds where, one level further out. */
    Unencodable in(String step) {
        path.insert(0, path.isEmpty() ? step : step + ", ");
        return this;
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? what : path + ": " + what;
    }
}
