---------------------------- MODULE MeasuredModels ----------------------------
(* The tables with which module MeasuredDelays is checked. *)
EXTENDS MeasuredDelays

Uniform(d) == [j \in Backups |-> [k \in Backups |-> d]]
One == Uniform(1)
Two == Uniform(2)
(* The first back-up is far from the others. *)
FirstFar == [j \in Backups |-> [k \in Backups |-> IF 1 \in {j, k} THEN 2 ELSE 1]]
OneOrTwo == {One, Two}
Several == {One, Two, FirstFar}
=============================================================================
