"""Pays what is owed: leases notices, hands them to the channels' carriers, and notes what the gateways say."""
