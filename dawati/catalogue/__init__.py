"""The catalogue that a new desk begins with: faults, systems, regions and councils, as files that a person can read."""
