"""The station in a browser of this machine: routes and templates. No work is done here."""
