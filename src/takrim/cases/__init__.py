"""Cases: what people brought, from the first word to the last."""
