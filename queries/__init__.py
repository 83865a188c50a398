"""What the desk can tell. Reads only; who may see what is enforced here, once."""
