// Package routine starts goroutines whose panics reach the code that waits for them.
//
// An unrecovered panic in a goroutine ends the process with a Go trace and exit code 2, which drift uses to report a
// difference, and requests in flight are not reported. This package recovers the panic, and Wait panics again in the
// goroutine that can report it. All goroutines of ddmon must be started by this package, which a test checks.
//
// Group runs several functions, Start runs one function, and Try turns a panic into an error so that other work can
// continue.
package routine
