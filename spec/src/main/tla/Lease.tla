-------------------------------- MODULE Lease --------------------------------
(***************************************************************************)
(* The lease of the guarantee QUORUM: R4, R7, R9 and the dropped promises  *)
(* of R10, with clocks that drift. At any instant of real time at most one *)
(* server finds that isMaster() is true.                                   *)
(*                                                                         *)
(* A tick is one unit of real time, in which each clock advances by Slow   *)
(* to Fast, anew for every clock and tick: (1 - rho) / (1 + rho) is Slow / *)
(* Fast. No clock is compared with another. Instead of readings the state  *)
(* has what is left of a promise, in the time of the server that made it,  *)
(* and of a stamp: how long it still backs a lease, in the time of the     *)
(* server that took it. So time has no end and the states are finite.      *)
(*                                                                         *)
(* Messages take any time, overtake each other and may be lost. A server   *)
(* that pauses takes no step while its clock goes on: any server may do    *)
(* that at any time. Reply and Declare are one message here, as both bring *)
(* the master's stamp; whoever is neither claimer nor master is IDLE, and  *)
(* may claim at any time, as if it suspected the master wrongly. Storing   *)
(* is one step with what it must come before (see QuorumElection). The     *)
(* bounds and the numbers of states are in RESULTS.md (models lease...).   *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  N,            \* the number of servers
  L,            \* how long a promise holds, in the time of who made it
  Slow, Fast,   \* how far a clock may advance in a tick
  MostRounds,   \* the highest round of an epoch
  MostMessages, \* the most messages under way
  Restarts,     \* how many times a server may crash and start again
  Resigns,      \* how many times a master may hand over
  Removed       \* the safeguards that are taken out, to see that they are needed

VARIABLES
  role,     \* IDLE, CLAIMING or MASTER
  epoch,    \* of a claimer or master: its own, <<round, number>>
  highest,  \* stable: the highest epoch that the server has granted or acknowledged
  promise,  \* to whom, and how much of it is left; to nobody after a start
  heard,    \* the last stamp of the master of the highest epoch
  grants,   \* of a claimer: who has granted
  backed,   \* how long each other server's echo still backs the own lease
  net,      \* the messages under way
  left      \* the restarts and resignations that may still come

vars == <<role, epoch, highest, promise, heard, grants, backed, net, left>>

Servers == 1..N
Needed == N \div 2 + 1
Has(safeguard) == safeguard \notin Removed
Held == IF Has("drift") THEN (L * Slow) \div Fast ELSE L
NoEpoch == <<0, 0>>
Above(a, b) == a[1] > b[1] \/ (a[1] = b[1] /\ a[2] < b[2])
Nobody == 0
Greater(a, b) == IF a > b THEN a ELSE b

(* A stamp: for how long it backs a lease, and whether its server has restarted since. *)
Fresh == [worth |-> Held, old |-> FALSE]
NoStamp == [worth |-> 0, old |-> FALSE]
Bare == [to |-> Nobody, left |-> 0]
NoneBacked == [j \in Servers |-> 0]

Init ==
  /\ role = [i \in Servers |-> "IDLE"]
  /\ epoch = [i \in Servers |-> NoEpoch]
  /\ highest = [i \in Servers |-> NoEpoch]
  /\ promise = [i \in Servers |-> Bare]
  /\ heard = [i \in Servers |-> NoStamp]
  /\ grants = [i \in Servers |-> {}]
  /\ backed = [i \in Servers |-> NoneBacked]
  /\ net = {}
  /\ left = [restarts |-> Restarts, resigns |-> Resigns]

-----------------------------------------------------------------------------
LeaseValid(i) == Cardinality({j \in Servers \ {i} : backed[i][j] > 0}) + 1 >= Needed
IsMaster(i) == role[i] = "MASTER" /\ LeaseValid(i)

Forbids(i, candidate) == promise[i].left > 0 /\ promise[i].to # candidate
Promised(i, to) == promise' = [promise EXCEPT ![i] = [to |-> to, left |-> L]]

Message(type, from, to, e, stamp) ==
  [type |-> type, from |-> from, to |-> to, epoch |-> e, stamp |-> stamp]
(* The server that took the stamp of a message. *)
Issuer(msg) == IF msg.type \in {"Claim", "Reply"} THEN msg.from ELSE msg.to
Sent(rest, more) == Cardinality(rest \cup more) <= MostMessages /\ net' = rest \cup more
Received(i, type) == {msg \in net : msg.to = i /\ msg.type = type}

Idle(i) ==
  /\ role' = [role EXCEPT ![i] = "IDLE"]
  /\ epoch' = [epoch EXCEPT ![i] = NoEpoch]
  /\ grants' = [grants EXCEPT ![i] = {}]
  /\ backed' = [backed EXCEPT ![i] = NoneBacked]

(* R3, R9: a server claims a round above what it knows; a master is none meanwhile. *)
Claim(i) ==
  \E round \in (Greater(highest[i][1], epoch[i][1]) + 1)..MostRounds :
    /\ role' = [role EXCEPT ![i] = "CLAIMING"]
    /\ epoch' = [epoch EXCEPT ![i] = <<round, i>>]
    /\ grants' = [grants EXCEPT ![i] = {}]
    /\ backed' = [backed EXCEPT ![i] = NoneBacked]
    /\ UNCHANGED <<highest, promise, heard, net, left>>

GiveUp(i) ==
  /\ role[i] = "CLAIMING" /\ Idle(i)
  /\ UNCHANGED <<highest, promise, heard, net, left>>

(* R3: the claim goes to another server, each time with a new stamp. *)
SendClaim(i, j) ==
  /\ i # j /\ role[i] = "CLAIMING"
  /\ Sent(net, {Message("Claim", i, j, epoch[i], Fresh)})
  /\ UNCHANGED <<role, epoch, highest, promise, heard, grants, backed, left>>

(* R4: a grant, with the claim's stamp, and a promise from now on. *)
Grant(i) == \E msg \in Received(i, "Claim") :
  /\ ~Above(highest[i], msg.epoch)
  /\ ~IsMaster(i)
  /\ ~(role[i] = "CLAIMING" /\ Above(epoch[i], msg.epoch))
  /\ ~Forbids(i, msg.from)
  /\ highest' = [highest EXCEPT ![i] = msg.epoch]
  /\ Promised(i, msg.from)
  /\ heard' = [heard EXCEPT ![i] = NoStamp]
  /\ Idle(i)
  /\ Sent(net \ {msg}, {Message("Grant", i, msg.from, msg.epoch, msg.stamp)})
  /\ UNCHANGED left

-----------------------------------------------------------------------------
(* R7: what a stamp that came back is worth to the server that took it. *)
IsOwn(stamp) == ~stamp.old \/ ~Has("incarnation")
Worth(stamp) == IF ~Has("echo") \/ stamp.old THEN Held ELSE stamp.worth
Back(i, msg) ==
  backed' = [backed EXCEPT ![i][msg.from] = Greater(@, Worth(msg.stamp))]

(* R4: a grant comes back. *)
Granted(i) == \E msg \in Received(i, "Grant") :
  /\ role[i] # "IDLE" /\ msg.epoch = epoch[i] /\ IsOwn(msg.stamp)
  /\ grants' = [grants EXCEPT ![i] = IF role[i] = "CLAIMING" THEN @ \cup {msg.from} ELSE @]
  /\ Back(i, msg)
  /\ net' = net \ {msg}
  /\ UNCHANGED <<role, epoch, highest, promise, heard, left>>

(* R4: the claimer grants itself last, under the very same conditions. *)
GrantItself(i) ==
  /\ role[i] = "CLAIMING" /\ Cardinality(grants[i]) + 1 >= Needed
  /\ Has("ownCheck") => Above(epoch[i], highest[i]) /\ ~Forbids(i, i)
  /\ role' = [role EXCEPT ![i] = "MASTER"]
  /\ highest' = [highest EXCEPT ![i] = epoch[i]]
  /\ grants' = [grants EXCEPT ![i] = {}]
  /\ Promised(i, i)
  /\ UNCHANGED <<epoch, heard, backed, net, left>>

(* R1, R5, R8: a master's Reply or Declare brings its stamp. *)
SendReply(i, j) ==
  /\ i # j /\ role[i] = "MASTER"
  /\ Sent(net, {Message("Reply", i, j, epoch[i], Fresh)})
  /\ UNCHANGED <<role, epoch, highest, promise, heard, grants, backed, left>>

Acknowledge(i) == \E msg \in Received(i, "Reply") :
  /\ ~Above(highest[i], msg.epoch)
  /\ highest' = [highest EXCEPT ![i] = msg.epoch]
  /\ heard' = [heard EXCEPT ![i] = msg.stamp]
  /\ Idle(i)
  /\ net' = net \ {msg}
  /\ UNCHANGED <<promise, left>>

(* R1, R7: an inquiry echoes the stamp and makes a promise. *)
Inquire(i) ==
  LET master == highest[i][2] IN
  /\ role[i] = "IDLE" /\ master \notin {i, Nobody} /\ heard[i] # NoStamp
  /\ Promised(i, master)
  /\ Sent(net, {Message("Inquiry", i, master, highest[i], heard[i])})
  /\ UNCHANGED <<role, epoch, highest, heard, grants, backed, left>>

RenewLease(i) == \E msg \in Received(i, "Inquiry") :
  /\ role[i] = "MASTER" /\ msg.epoch = epoch[i] /\ IsOwn(msg.stamp)
  /\ Back(i, msg)
  /\ net' = net \ {msg}
  /\ UNCHANGED <<role, epoch, highest, promise, heard, grants, left>>

-----------------------------------------------------------------------------
(* R10: a master is none any more, and then says so; some may not hear of it. *)
Resign(i) == \E told \in SUBSET (Servers \ {i}) :
  /\ IsMaster(i) /\ left.resigns > 0
  /\ left' = [left EXCEPT !.resigns = @ - 1]
  /\ Sent(net, {Message("Resign", i, j, epoch[i], NoStamp) : j \in told})
  /\ Idle(i)
  /\ promise' = [promise EXCEPT ![i] = Bare]
  /\ UNCHANGED <<highest, heard>>

(* R10: the promise to it is dropped, unless it was made for a later epoch. *)
Drop(i) == \E msg \in Received(i, "Resign") :
  /\ Has("resignedEpoch") => ~Above(highest[i], msg.epoch)
  /\ promise[i].to = msg.from
  /\ promise' = [promise EXCEPT ![i] = Bare]
  /\ heard' = [heard EXCEPT ![i] = NoStamp]
  /\ net' = net \ {msg}
  /\ UNCHANGED <<role, epoch, highest, grants, backed, left>>

Lose == \E msg \in net :
  /\ net' = net \ {msg}
  /\ UNCHANGED <<role, epoch, highest, promise, heard, grants, backed, left>>

(* R7, R12: a server starts again; its grants are stable, its promises are not. *)
Restart(i) ==
  LET Aged(stamp) == IF stamp = NoStamp THEN stamp ELSE [worth |-> 0, old |-> TRUE]
  IN
  /\ left.restarts > 0
  /\ left' = [left EXCEPT !.restarts = @ - 1]
  /\ Idle(i)
  /\ promise' = [promise EXCEPT ![i] = IF Has("silence") THEN [to |-> Nobody, left |-> L] ELSE Bare]
  /\ heard' = [j \in Servers |->
       IF j = i THEN NoStamp ELSE IF highest[j][2] = i THEN Aged(heard[j]) ELSE heard[j]]
  /\ net' = {IF Issuer(msg) = i THEN [msg EXCEPT !.stamp = Aged(@)] ELSE msg : msg \in net}
  /\ UNCHANGED highest

Less(n, by) == IF n > by THEN n - by ELSE 0

(* Real time passes. *)
Tick == \E advance \in [Servers -> Slow..Fast] :
  LET Later(stamp, i) == [stamp EXCEPT !.worth = Less(@, advance[i])]
      Rest(i) == Less(promise[i].left, advance[i])
  IN
  /\ promise' = [i \in Servers |->
       IF Rest(i) = 0 THEN Bare ELSE [promise[i] EXCEPT !.left = Rest(i)]]
  /\ heard' = [i \in Servers |->
       IF highest[i][2] = Nobody THEN heard[i] ELSE Later(heard[i], highest[i][2])]
  /\ backed' = [i \in Servers |-> [j \in Servers |-> Less(backed[i][j], advance[i])]]
  /\ net' = {[msg EXCEPT !.stamp = Later(@, Issuer(msg))] : msg \in net}
  /\ UNCHANGED <<role, epoch, highest, grants, left>>

Next ==
  \/ \E i \in Servers :
       \/ Claim(i) \/ GiveUp(i) \/ Grant(i) \/ Granted(i) \/ GrantItself(i)
       \/ Acknowledge(i) \/ Inquire(i) \/ RenewLease(i) \/ Resign(i) \/ Drop(i) \/ Restart(i)
  \/ \E i, j \in Servers : SendClaim(i, j) \/ SendReply(i, j)
  \/ Lose \/ Tick

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
OneMaster == Cardinality({i \in Servers : IsMaster(i)}) <= 1

(* Interesting states *)
TwoClaimers == Cardinality({i \in Servers : role[i] = "CLAIMING"}) > 1
Lapsed == \E i \in Servers : role[i] = "MASTER" /\ ~LeaseValid(i)
Renewed == \E i \in Servers : IsMaster(i) /\ \E m \in net : m.type = "Inquiry" /\ m.to = i
TwoTenures == Cardinality({i \in Servers : role[i] = "MASTER"}) > 1
Reclaimed == \E i \in Servers : IsMaster(i) /\ epoch[i][1] > 1 /\
               \E j \in Servers \ {i} : highest[j][1] = epoch[i][1] - 1 /\ highest[j][2] # i
=============================================================================
