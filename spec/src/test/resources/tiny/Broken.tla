---- MODULE Broken ----
VARIABLE count
Init == count = (((
====
