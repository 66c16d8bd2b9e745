// Package testfile reads the tests of a stack, which are in its *.test.hcl: which recording is replayed, with which
// variables, and what the monitors are expected to do. Package expect replays the recordings and compares.
//
// A test sees what the configuration defines. With variables of its own it sees the stack evaluated with those, which
// config.Evaluation does; tests with the same variables share one evaluation. Like config it knows no network and no
// plan, and what is wrong with the input is a diagnostic. Start reading at Load.
package testfile
