"""What recorded results say happened: exit statuses, test totals, diagnoses."""
