package io.messageport;

import java.util.List;

/**
 * What has become of a group since a listener was told last ({@code DB-9}). The ports are in the order of their text; the
 * lists are immutable and never null.
 *
 * @param members who is in it
 * @param joined who was not before; at the first call all
 * @param left who no longer is
 */
public record GroupChange(List<PortId> members, List<PortId> joined, List<PortId> left) {}
