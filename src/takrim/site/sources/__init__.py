"""What comes onto agendas from folders beside councils, which know nothing of meetings; one file each."""
