"""What every command needs of its machine: signals, progress on a terminal, a folder to work in, the commit's time."""
