package org.mastership.core;

/**
 * The highest claim that only waits for this server's promise to end (R4).
 *
 * @param epoch the claimed epoch, which names the claimer
 * @param stamp the claimer's clock, to be echoed by the grant
 */
public record KeptClaim(Epoch epoch, Stamp stamp) {}
