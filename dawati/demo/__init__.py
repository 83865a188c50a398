"""The demonstration: Mvomero District Council as it might be, with invented people. None of them is ever reached
through a real gateway."""
