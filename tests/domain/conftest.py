"""People, offices and matters of the tests are in tests/people.py, for the domain and the pages alike; add there."""
