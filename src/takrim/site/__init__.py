"""Settings, addresses, worker, start-up wiring, command line, demonstration."""
