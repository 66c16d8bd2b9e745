// Package config loads the files of a stack and evaluates the objects that they describe. It reads HCL, finds the
// blocks of a stack (stack, variable, locals, metric and objects), and builds bodies in the shape of Datadog's JSON,
// each value with its position. An id that does not exist yet stays a reference in an object.Text. Package lang
// evaluates the expressions; package testfile reads the tests.
//
// It does not use the network, the clock or plans, and reads no file outside the stack's folder except the variable
// files that its caller names. Invalid input results in a diagnostic, never in a panic.
//
// Start reading at LoadWith, which shows the order of the work. source.go reads files, input.go the values of
// variables, and declare.go sorts blocks by type. compile.go compiles an object's block into nodes once; evaluate.go
// evaluates them for each instance.
package config
