package io.messageport.face;

import java.util.Set;

/** What is known of a type that has a face, once derived: of one record, or of all records under a sealed interface. */
sealed interface Shape permits RecordShape, SealedShape {
    /** The record or the sealed interface. */
    Class<?> type();

    /** All tags, in the order of declaration. */
    Set<String> tags();

    /** The record that travels under this first value, or null. */
    RecordShape ofTag(Object tag);

    /** The shape of a record of this type. */
    RecordShape ofRecord(Object value);

    /** What {@link #ofTag} takes, for the texts of mismatches. */
    String expectedTag();
}
