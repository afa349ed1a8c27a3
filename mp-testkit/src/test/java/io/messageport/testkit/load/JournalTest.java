package io.messageport.testkit.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("n2.3.journal");
    }

    @Test
    void shouldReadWhatWasWrittenWhileItIsOpen() throws IOException {
        Journal journal = Journal.create(file(), 2, 3);
        Stream out = new Stream(2, 3, 1, 65_535, 65_535);
        Slot slot = journal.epoch(out, 4);
        slot.monitored(11);
        slot.begun(6);
        slot.done(5);
        assertEquals(List.of(new Sent(out, 4, 11, 6, 5, 0, 0)), Journal.read(file()).sent());
        slot.fired(21);
        slot.fired(22);
        journal.spoiled();
        Life life = Journal.read(file());
        assertEquals(List.of(new Sent(out, 4, 11, 6, 5, 21, 2)), life.sent());
        assertEquals(List.of(2L, 3L, 1L, 0L),
                List.of((long) life.node(), (long) life.life(), life.spoiled(), life.unwritten()));
    }

    @Test
    void shouldMakeOneEntryOfMessagesInOrderAndANewOneForEveryOtherMessage() throws IOException {
        Journal journal = Journal.create(file(), 2, 3);
        Journal.Runs runs = journal.runs(9);
        long before = System.nanoTime();
        for (long number : new long[] {0, 1, 2, 4, 4, 5, 3}) {
            runs.add(1, 0, 7, 0, number);
            // Another stream does not break the run.
            runs.add(1, 1, 7, 0, number);
        }
        runs.add(1, 0, 7, 1, 6);
        List<Received> first =
                Journal.read(file()).received().stream().filter(run -> run.of().fromLife() == 0).toList();
        assertEquals(List.of("0+0..3", "0+4..5", "0+4..6", "0+3..4", "1+6..7"),
                first.stream().map(run -> run.epoch() + "+" + run.first() + ".." + run.end()).toList());
        Received run = first.getFirst();
        assertEquals(new Stream(1, 0, 7, 2, 9), run.of());
        assertEquals(3, run.life());
        assertEquals(true,
                before <= run.firstAt() && run.firstAt() <= run.lastAt() && run.lastAt() <= System.nanoTime());
    }

    @Test
    void shouldCountWhatDoesNotFit() throws IOException {
        Journal journal = Journal.create(file(), 2, 3, 2);
        for (int epoch = 0; epoch < 5; epoch++) {
            journal.epoch(new Stream(2, 3, 0, 1, 0), epoch).fired(1);
        }
        Life life = Journal.read(file());
        assertEquals(2, life.sent().size());
        assertEquals(3, life.unwritten());
    }

    @Test
    void shouldRefuseAFileThatExistsAndOneThatIsNoJournal() throws IOException {
        Files.write(file(), new byte[1000]);
        assertThrows(FileAlreadyExistsException.class, () -> Journal.create(file(), 2, 3));
        assertThrows(IOException.class, () -> Journal.read(file()));
    }
}
