"""Pages, by who is looking at them; the only place besides site that knows HTTP."""
