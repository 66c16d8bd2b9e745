// Package safe holds the types of text that output is made of. Text from outside (Datadog, files, names, messages,
// errors) may hold control characters that act on a terminal, or characters that change the direction of the text
// around them. A Text holds none: it is a constant of the program, or was made by Line or Lines, which write such
// characters as visible escapes. Whatever prints accepts Text only, so that a forgotten call does not compile. Only
// this package may convert a string to one of its types; a test of the house finds conversions elsewhere.
//
// It does not know what is sensitive: what renderers get was checked before, which the types of plans and diagnostics
// to show guarantee. It imports nothing of ddmon and does no I/O but that of Writer. Start reading at Text.
package safe
