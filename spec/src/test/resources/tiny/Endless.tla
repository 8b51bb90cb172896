---- MODULE Endless ----
EXTENDS Integers
VARIABLE count
Init == count = 0
Next == count' = count + 1
Spec == Init /\ [][Next]_count
====
