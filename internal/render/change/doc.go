// Package change writes what a change does to an object as lines: what is added, removed and set in its body, as HCL
// would have it. A Line keeps its sign apart from its text, so that a terminal can colour it and a comment on a pull
// request can put it into the first column of a diff.
//
// It gets changes of a plan to show, without sensitive values, and decides nothing. Start reading at Printer.
package change
