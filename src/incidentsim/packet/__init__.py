"""The writer of a packet, and its verification."""
