"""What every command needs of the machine it runs on: signals, files, a folder to work in, the time of the commit."""
