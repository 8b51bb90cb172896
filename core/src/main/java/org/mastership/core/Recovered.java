package org.mastership.core;

/**
 * What a server finds on its stable storage when it starts.
 *
 * @param highest the stored epoch, {@link Epoch#NONE} on an empty disk
 * @param log the places of the stored entries
 * @param incarnation greater than at every earlier start of this server; 1 or more
 */
public record Recovered(Epoch highest, Log log, long incarnation) {}
