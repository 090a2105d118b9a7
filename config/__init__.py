"""How Laurel is assembled and started: settings, addresses, background work, servers."""
