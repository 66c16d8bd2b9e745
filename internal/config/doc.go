// Package config turns a stack's files into the objects that they describe. It reads HCL, finds the blocks of a stack
// (stack, variable, locals, metric and those of objects), and makes bodies in the shape of Datadog's JSON, each value
// with its position. An id that does not exist yet stays a reference in an object.Text. Package lang evaluates the
// expressions; package testfile reads the tests.
//
// It knows no network and no plan, looks at no clock and reads no file outside the stack's folder except the
// variable files that its caller names. What is wrong with the input is a diagnostic, never a panic.
//
// Start reading at LoadWith, which has the order of the work. source.go reads files, input.go the values of variables,
// and declare.go sorts blocks by type. A block of an object is compiled once into nodes by compile.go and evaluated for
// each of its instances by evaluate.go.
package config
