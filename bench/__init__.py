"""Generators, benchmarks and proofs. A speed is only ever stated as a ratio to a floor measured in the same run."""
