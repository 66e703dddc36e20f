"""What a citizen sees with the query code: stage, next feedback date, who is responsible, papers. Never flags."""
