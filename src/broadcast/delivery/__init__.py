"""feed/ → the same on a host: one file for each kind of host, behind one small Protocol."""
