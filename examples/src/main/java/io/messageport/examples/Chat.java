package io.messageport.examples;

import io.messageport.PortId;
import java.util.List;

/** What is said between a chat room and its members. Each record is a message: its name is the tag. */
public interface Chat {
    /** The family in which a room is registered, wherever it is, and under whatever name its node runs. */
    String ROOMS = "eg_chat_rooms";

    /** To the room. */
    sealed interface ToRoom permits Join, Say, Leave {}

    /** {@code member} wants to be told everything from now on. */
    record Join(PortId member, String nick) implements ToRoom {}

    /** A member speaks. */
    record Say(PortId member, String text) implements ToRoom {}

    /** A member takes its leave. */
    record Leave(PortId member) implements ToRoom {}

    /** From the room. */
    sealed interface FromRoom permits Welcome, Here, Said, Gone {}

    /** You are in; these are here already. */
    record Welcome(List<String> nicks) implements FromRoom {}

    /** Somebody came in. */
    record Here(String nick) implements FromRoom {}

    /** Somebody else said something. */
    record Said(String nick, String text) implements FromRoom {}

    /** Somebody left, or was lost. */
    record Gone(String nick, String how) implements FromRoom {}
}
