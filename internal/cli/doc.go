// Package cli is the command line: one constructor and one file for each command. It is the only package that
// reads the environment, the clock and the terminal, and the only one that wires the others together. The entry
// point is Main; a command's way through the code begins at its newXCommand.
package cli
