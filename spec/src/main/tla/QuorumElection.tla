---------------------------- MODULE QuorumElection ----------------------------
(***************************************************************************)
(* The guarantee QUORUM as an election: R3 to R6 and R9, with the promises *)
(* of R7 and the start of R12, under crash, restart, loss, doubling,       *)
(* delay and reordering (claims 7, 8, 15 to 17). It is module Group with   *)
(* what must hold of it. With a log it is checked too (Replication).       *)
(***************************************************************************)
EXTENDS Group

VARIABLE register  \* the mastership as a user sees it

M == INSTANCE Mastership WITH epoch <- register.epoch, holder <- register.holder

SureOnes(srv) == {i \in Servers : Sure(srv[i])}

NoMaster == register = [epoch |-> NoEpoch, holder |-> 0]
ElectionInit == Init /\ NoMaster
ElectionAllWait == AllWait /\ NoMaster

ElectionNext ==
  /\ Next
  /\ register' =
       IF SureOnes(server') = {} THEN [register EXCEPT !.holder = 0]
       ELSE LET i == CHOOSE j \in SureOnes(server') : TRUE
            IN  [epoch |-> server'[i].known, holder |-> i]

(* Promise 2: at most one server for which isMaster() is true. *)
OneMaster == Cardinality(SureOnes(server)) <= 1

(* Promise 1: once the disks of a majority hold an epoch, no server is sure of a lower one. *)
Granted == {e \in {disk[i].epoch : i \in Servers} :
              Cardinality({i \in Servers : ~Above(e, disk[i].epoch)}) >= Needed}
NoneBelowGranted ==
  \A i \in SureOnes(server) : \A e \in Granted : ~Above(e, server[i].known)

(* What a server knows is never ahead of its disk when others hear of it: an epoch that it named
   to others as granted is on its disk. *)
GrantsAreStable ==
  \A m \in net : m.body.type = "Grant" => ~Above(m.body.epoch, disk[m.from].epoch)

(* R3, R4: a tenure has the grants of a majority behind it. *)
MasterIsGranted ==
  \A i \in Servers : server[i].role = "MASTER" =>
    Cardinality({j \in Servers : ~Above(server[i].known, disk[j].epoch)}) >= Needed

(* What a user sees is a mastership as module Mastership says. *)
Refines == [][M!Next]_<<register>>
RefinesInit == NoMaster => M!Init

(* What a model must reach to say anything. *)
TwoClaim == \E i, j \in Servers : i # j /\ Claims(server[i]) /\ Claims(server[j])
LapsedLease == \E i \in Servers : server[i].tenure.lease = "lapsed"
SecondEpoch == \E i \in Servers : Sure(server[i]) /\ server[i].known[1] > 1
Reclaimed == \E i \in Servers : Claims(server[i]) /\ server[i].known[2] = i
KeptClaim == \E i \in Servers : server[i].kept # NoClaim

ElectionView == <<vars, register>>
=============================================================================
