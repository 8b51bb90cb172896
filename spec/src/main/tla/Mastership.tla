------------------------------ MODULE Mastership ------------------------------
(***************************************************************************)
(* What a user of the guarantee QUORUM is promised about the mastership: a *)
(* register that holds an epoch and the server that is master in it, or    *)
(* nobody. There is one holder at a time, and epochs only grow. A holder   *)
(* that is not sure of its lease for a while is nobody meanwhile, and may  *)
(* be the holder again in the same epoch (R7).                             *)
(***************************************************************************)
EXTENDS Integers

VARIABLES
  epoch,  \* of the last master, <<round, number>>
  holder  \* the number of the server that is master, 0 for nobody

Above(a, b) == a[1] > b[1] \/ (a[1] = b[1] /\ a[2] < b[2])

Init == epoch = <<0, 0>> /\ holder = 0

(* A server becomes master under a higher epoch, which bears its number. *)
Gain == /\ holder = 0
        /\ Above(epoch', epoch)
        /\ holder' = epoch'[2]

(* The last master is sure of its lease again. *)
Regain == holder = 0 /\ epoch # <<0, 0>> /\ holder' = epoch[2] /\ UNCHANGED epoch

(* The master is none any more, or not sure. *)
Lose == holder # 0 /\ holder' = 0 /\ UNCHANGED epoch

Next == Gain \/ Regain \/ Lose

Spec == Init /\ [][Next]_<<epoch, holder>>
=============================================================================
