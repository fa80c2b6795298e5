"""A script and its recordings → the draft: ``make_draft`` alone knows the order of the stages."""
