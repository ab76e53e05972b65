"""What the generator costs: `make bench`."""
