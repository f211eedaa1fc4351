"""What commands and files of the run say of measures met and goals missed."""
