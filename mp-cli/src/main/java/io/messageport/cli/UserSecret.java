package io.messageport.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The secret of one user's nodes: {@code ~/.messageport/secret}, readable by that user alone.
 *
 * @param file where it is
 */
record UserSecret(Path file) {
    static UserSecret ofHome() {
        return new UserSecret(Path.of(System.getProperty("user.home"), ".messageport", "secret"));
    }

    /**
     * Makes the file if there is none.
     *
     * @return whether it was made by this call
     */
    boolean createIfMissing() throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        Files.createDirectories(file.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path made = file.resolveSibling("secret." + ProcessHandle.current().pid());
        String secret = new BigInteger(256, new SecureRandom()).toString(Character.MAX_RADIX);
        try {
            Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(made, secret + "\n", StandardOpenOption.WRITE);
            // A link, not a move: of two programs started at once, the second must find the secret of the first.
            Files.createLink(file, made);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
