package io.messageport.examples;

import io.messageport.examples.Chat.FromRoom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** What a chat client shows and reads. Owned by the client's port, except for the reading. */
final class Screen {
    private enum Place {
        OUTSIDE, INSIDE, AWAY
    }

    private Place place = Place.OUTSIDE;

    /** Gives each line typed by the user away, until {@code /quit} or the end of the input. */
    static void eachLine(Consumer<String> typed) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = in.readLine(); line != null && !line.equals("/quit"); line = in.readLine()) {
            if (!line.isBlank()) {
                typed.accept(line.strip());
            }
        }
    }

    void show(FromRoom news) {
        switch (news) {
            case Chat.Welcome welcome -> welcome(welcome);
            case Chat.Here here -> print("* " + here.nick() + " is here");
            case Chat.Said said -> print(said.nick() + ": " + said.text());
            case Chat.Gone gone -> print("* " + gone.nick() + " " + gone.how());
        }
    }

    private void welcome(Chat.Welcome welcome) {
        if (place != Place.INSIDE) {
            print(place == Place.AWAY ? "* you are back in the room" : "* you are in the room");
            place = Place.INSIDE;
            welcome.nicks().forEach(nick -> print("* " + nick + " is here"));
        }
    }

    /** The server cannot be reached; said once, however often it is tried. */
    void lost() {
        if (place == Place.INSIDE) {
            print("* the server is gone, waiting for it");
            place = Place.AWAY;
        }
    }

    boolean isInside() {
        return place == Place.INSIDE;
    }

    void notSent(String text) {
        print("* not sent, there is no server: " + text);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
