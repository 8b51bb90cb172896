------------------------------- MODULE Rankings -------------------------------
(***************************************************************************)
(* R5, R6 and claims 18 to 21: masters that meet after a partition and     *)
(* rank the servers otherwise, because each was told of other ratings      *)
(* before its tenure began. Each pair is compared by the ranking of the    *)
(* higher epoch, and who wins keeps that ranking in its next tenure. So    *)
(* the comparisons end, and with them all masters but one.                 *)
(*                                                                         *)
(* What was declared may be heard at any time, in any order, and again.    *)
(* A declaration of a lower epoch says nothing: its sender is told of the  *)
(* higher one, which it can hear here all the same.                        *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  N,       \* the number of masters
  Compared \* by which ranking: "higher", "own", or "fresh" where the winner ranks anew

Servers == 1..N
Rankings == {r \in [Servers -> Servers] : \A i, j \in Servers : i # j => r[i] # r[j]}
Above(a, b) == a[1] > b[1] \/ (a[1] = b[1] /\ a[2] < b[2])

VARIABLES
  master,   \* whether a server is master
  epoch,    \* the epoch of its tenure
  ranking,  \* the ranking of its tenure
  view,     \* how it would rank the servers by what it knows
  declared  \* what was declared: the epoch, and the ranking of that tenure

vars == <<master, epoch, ranking, view, declared>>

Declaration(i) == [epoch |-> epoch[i], ranking |-> ranking[i]]

Init ==
  /\ master = [i \in Servers |-> TRUE]
  /\ epoch = [i \in Servers |-> <<1, i>>]
  /\ ranking \in [Servers -> Rankings]
  /\ view = ranking
  /\ declared = {[epoch |-> <<1, i>>, ranking |-> ranking[i]] : i \in Servers}

Wins(i, d) ==
  LET r == IF Compared = "own" THEN ranking[i] ELSE d.ranking IN r[i] < r[d.epoch[2]]

(* It takes a round above both, and declares itself anew. *)
Revoke(i, d) ==
  LET next == [epoch |-> <<d.epoch[1] + 1, i>>,
               ranking |-> IF Compared = "higher" THEN d.ranking ELSE view[i]]
  IN  /\ epoch' = [epoch EXCEPT ![i] = next.epoch]
      /\ ranking' = [ranking EXCEPT ![i] = next.ranking]
      /\ declared' = declared \cup {next}
      /\ UNCHANGED <<master, view>>

GiveWay(i) ==
  /\ master' = [master EXCEPT ![i] = FALSE]
  /\ UNCHANGED <<epoch, ranking, view, declared>>

Hear(i, d) ==
  /\ master[i] /\ d.epoch[2] # i /\ Above(d.epoch, epoch[i])
  /\ IF Wins(i, d) THEN Revoke(i, d) ELSE GiveWay(i)

Next == \E i \in Servers : \E d \in declared : Hear(i, d)

-----------------------------------------------------------------------------
(* Within one ranking each winner is preferred to the one before, so there are not more rounds than
   servers after the first. *)
ComparisonsEnd == \A i \in Servers : epoch[i][1] <= N

Masters == {i \in Servers : master[i]}

(* When there is nothing more to hear there is one master. *)
OneMasterInTheEnd == (~ENABLED Next) => Cardinality(Masters) = 1

(* Interesting states: a comparison that its higher epoch lost, and one that it won. *)
Revoked == \E i \in Servers : epoch[i][1] > 1
GaveWay == Cardinality(Masters) < N
Within == \A i \in Servers : epoch[i][1] <= N + 1
=============================================================================
