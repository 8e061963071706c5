"""What happens between a key and a command: which questions are asked, and what is then done."""
