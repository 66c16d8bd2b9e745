// Package render holds what the formats of output share: the sides of a plan to show, behaviour in recorded time as
// rows, drift in words, and the results of tests. The formats are packages below it: terminal for a person, markdown
// for comments on pull requests and issues, machine for other programs (JSON, SARIF, JUnit, GitHub's commands), change
// for the lines of one change, and safe for the type of text that all of them write.
//
// It decides nothing: everything it shows is in the data it is given.
package render
