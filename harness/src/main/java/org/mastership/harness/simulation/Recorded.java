package org.mastership.harness.simulation;

import java.util.function.Supplier;
import org.mastership.harness.fencing.FencedLedger;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.workload.Scripts;
import org.mastership.node.service.ReplicatedService;

/**
 * What a simulated run is used for, and where it is written down.
 *
 * @param service makes what servers execute requests on, for each start of a server
 * @param scripts what clients ask
 * @param clients how many there are
 * @param history what they ask and are told
 * @param resource what masters write to
 * @param faults is told what goes wrong
 */
public record Recorded(
    Supplier<ReplicatedService> service,
    Scripts scripts,
    int clients,
    HistoryWriter history,
    FencedLedger resource,
    FaultListener faults) {}
