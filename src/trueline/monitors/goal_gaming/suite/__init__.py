"""What a test suite pins down, before and after the run."""
