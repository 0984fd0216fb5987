"""What others would use for the same work, each beside ours in the same run."""
