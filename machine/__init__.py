"""What commands need of the computer: signals, progress on a terminal, a folder to work in, the time of the commit."""
