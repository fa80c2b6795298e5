"""How an episode is made: ``remake`` alone knows the order of the stages."""
