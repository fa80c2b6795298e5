"""Any audio file ↔ samples: decoded with whitelists, brought to mono at 48 kHz, and written."""
