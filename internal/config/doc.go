// Package config turns a stack's files into the objects it wants: it reads HCL, evaluates variables, locals,
// for_each, dynamic blocks and functions, and hands over bodies in the shape of Datadog's JSON, each value with its
// position. An id that does not exist yet stays a reference in an object.Text. Beside the objects stand the stack's
// facts on metrics and, when asked for, the tests of its *.test.hcl: what they expect is read here, and judged by
// whoever replays their recordings.
//
// It knows no network and no plan, looks at no clock and reads no file outside the stack's folder except the
// variable files it is told of. What is wrong with the input is a diagnostic, never a panic. Start reading at Load;
// the order of the work stands there. An expression is evaluated by scope.go, a block is compiled once by
// compile.go and evaluated for each of its instances by evaluate.go. Tests begin in testfile.go.
package config
