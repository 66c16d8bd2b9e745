// Package render turns plans, diagnostics, events and results into what a person reads on a terminal or a program
// reads as JSON. It decides nothing: everything it shows stands in the data it is given. Text from outside passes
// through Clean, so that no control character of a live object reaches a terminal.
//
// Start reading at Plan.
package render
