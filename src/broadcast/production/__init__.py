"""How an episode is made: ``build`` alone knows the order of the stages."""
