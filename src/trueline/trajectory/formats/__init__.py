"""One module per format.  A reader imports no other reader."""
