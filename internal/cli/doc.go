// Package cli is the command line: one constructor and one file for each command, which parses flags, wires and prints.
// What a command does is in operation. cli is the only package that reads the environment, the clock and the terminal, and
// the only one that wires the others together. The entry point is Main; a command's way through the code begins at its
// newXCommand, which only root.go knows.
package cli
