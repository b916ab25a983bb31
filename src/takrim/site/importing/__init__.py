"""Reading other systems' files of requests: every row becomes a case with its own times, through the same deeds."""
