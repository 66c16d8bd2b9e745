// Package testfile reads the *.test.hcl files of a stack. A test names a recording to replay, optionally sets
// variables, and states what the monitors are expected to do. Package expect replays the recordings and compares.
//
// Expressions in a test can refer to everything the configuration defines. If a test sets variables, config.Evaluation
// evaluates the stack again with those values; tests with the same variables share one evaluation. Like config, this
// package does no network access, knows nothing about plans, and reports invalid input as diagnostics. Start reading at
// Load.
package testfile
