package org.mastership.harness.simulation;

import java.util.Set;
import java.util.function.Supplier;
import org.mastership.harness.fencing.FencedLedger;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.workload.Kind;
import org.mastership.node.service.ReplicatedService;

/**
 * What a simulated run is used for, and where it is written down.
 *
 * @param service makes what servers execute requests on, for each start of a server; a key-value
 *     service
 * @param kinds what clients use of it; one at least
 * @param clients how many there are
 * @param history what they ask and are told
 * @param resource what masters write to
 * @param faults is told what goes wrong
 */
public record Recorded(
    Supplier<ReplicatedService> service,
    Set<Kind> kinds,
    int clients,
    HistoryWriter history,
    FencedLedger resource,
    FaultListener faults) {}
