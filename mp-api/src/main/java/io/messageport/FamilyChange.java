package io.messageport;

import java.util.Set;

/**
 * What has become of a family since a listener was told last ({@code DB-8}). The keys are in the order of {@link
 * String#compareTo}; the sets are immutable and never null.
 *
 * @param now the family after the change
 * @param added keys that were not there before; at the first call all
 * @param changed keys with another value than before
 * @param deleted keys that are no longer there
 */
public record FamilyChange(FamilyView now, Set<String> added, Set<String> changed, Set<String> deleted) {}
