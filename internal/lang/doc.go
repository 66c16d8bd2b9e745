// Package lang evaluates expressions of the configuration language: names, functions, for_each, templates. It adds to
// HCL references to ids of objects that do not exist yet, marks for sensitive values, limits of work and memory, and
// errors that say what to do.
//
// It does not know the blocks of a stack. A package that reads blocks creates a Scope, defines the roots of references
// (var, local, monitor) and evaluates expressions in it. Problems go to a Reporter. Scopes do not see each other's
// names. Scopes of one Session can pass values to each other; scopes of different sessions, such as of a stack and of a
// test with its own variables, share only the limits.
//
// Start reading at Scope.Value. References to objects are explained in reference.go, sensitive values in secret.go.
package lang
