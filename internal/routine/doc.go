// Package routine starts goroutines whose panics reach the code that waits for them.
//
// A panic in a goroutine of its own ends the process with a Go trace and exit code 2, which drift uses for a difference,
// and nothing in flight is reported. Here the panic is caught where it happens and raised again by Wait, in the
// goroutine that can report it. All goroutines of ddmon are started by this package; a test of the module checks that.
//
// Group runs several functions, Start runs one, and Try turns a panic into an error where others must go on. The package
// imports nothing of ddmon.
package routine
