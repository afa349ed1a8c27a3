package io.messageport.testkit;

import java.util.List;

/** Looks for one kind of thing that is there and was not when the detector was made. */
@FunctionalInterface
interface Detector {
    /** A text for each that is there at this moment, saying where it comes from. */
    List<String> found();
}
