"""What people say: questionnaires, sessions, responses, tallies and suppression."""
