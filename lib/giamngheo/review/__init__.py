"""What an inspector works with: the review edition, sign-offs, comparisons of runs and years, the index."""
