// Package change writes the change of an object as lines of HCL with symbols for what is added, removed and modified. A
// Line separates the symbol from the text: the terminal colours it, and a pull request comment puts it into the first
// column of a diff.
//
// The changes it gets have no sensitive values; it only formats them. Start reading at Printer.
package change
