"""Many episodes, many stations: what several builds, a watch or other machines do at once."""
