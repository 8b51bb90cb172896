----------------------------- MODULE TimedModels -----------------------------
(* The delays with which module TimedElection is checked. *)
EXTENDS TimedElection

CONSTANTS
  Longest, \* delays are 1 to this
  S,       \* the bound s on the skew that the formula is given
  Last     \* the longest election delay that is tried where any is allowed

(* Every table in which a message takes as long there as back. *)
Symmetric ==
  LET pairs == {p \in Servers \X Servers : p[1] < p[2]}
  IN  {[j \in Servers |-> [k \in Servers |->
          IF j = k THEN 0 ELSE IF j < k THEN half[<<j, k>>] ELSE half[<<k, j>>]]]
       : half \in [pairs -> 1..Longest]}
(* Every table in which a server's messages take equally long to all others. *)
BySender == {[j \in Servers |-> [k \in Servers |-> own[j]]] : own \in [Servers -> 1..Longest]}
Uniform == [j \in Servers |-> [k \in Servers |-> Longest]]
Longer(t, s) == [j \in Servers |-> [k \in Servers |-> t[j][k] + s]]

(* The table of R11: delay(1, 2) = 2, all others 1. *)
Unequal ==
  [j \in Servers |-> [k \in Servers |-> IF {j, k} = {1, 2} THEN 2 ELSE 1]]

TightOf(t) == PlanOf(t, LAMBDA b : Tight(b, t, 0, S))
LessOf(t, i) == PlanOf(t, LAMBDA b : [Tight(b, t, 0, S) EXCEPT ![i] = @ - 1])

TightAll == {TightOf(t) : t \in Symmetric}
TightUniform == {TightOf(Uniform)}
SecondLess == {LessOf(Uniform, 2)}
ThirdLess == {LessOf(Uniform, 3)}
ClaimsUniform == {PlanOf(Uniform, LAMBDA b : Claims(b, Uniform, 0))}
ClaimsUnequal == {PlanOf(Unequal, LAMBDA b : Claims(b, Unequal, 0))}
(* The claimed formula, given delays that depend on the sender only, each longer by s. *)
ClaimsLonger == {PlanOf(t, LAMBDA b : Claims(b, Longer(t, S), 0)) : t \in BySender}

(* Any election delays that keep the bound, whatever formula gave them. *)
Separated ==
  {PlanOf(t[1], LAMBDA b : t[2]) : t \in
    {t \in Symmetric \X [1..(N - 1) -> 0..Last] :
      \A m \in Servers : Separates(BackupsOf(m), t[1], S, t[2])}}
=============================================================================
