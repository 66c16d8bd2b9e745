// Package cli is the command line. Each command has a file and a constructor, newXCommand, which root.go registers; it
// parses flags, wires packages together and prints. The logic of commands is in package operation. Only cli reads the
// environment, the clock and the terminal. The entry point is Main.
package cli
