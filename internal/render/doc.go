// Package render holds what the output formats share: a plan compared with a base, rows of behaviour on recorded data,
// descriptions of drift, and test results. Each format is a package below it: terminal for the console, markdown for
// pull request comments and issues, machine for other programs (JSON, SARIF, JUnit, GitHub workflow commands). Package
// change writes the lines of one change, and safe holds the text types that all formats write.
//
// The packages only format what they are given; they decide nothing.
package render
