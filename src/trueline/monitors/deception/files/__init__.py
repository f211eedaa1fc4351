"""What is said of files that stayed or went back, held against the edits of the run."""
