// Package lang evaluates expressions of the configuration language: names, functions, for_each, templates. It adds to
// HCL what ddmon needs of every value: ids of objects that do not exist yet, which stay references; sensitive values,
// which stay marked; limits of work and memory; and errors that say what to do.
//
// It knows no block of a stack. A package that reads blocks makes a Scope, defines what the first word of a reference
// leads to (var, local, monitor) and asks the scope for the values of expressions. What is wrong goes to a Reporter.
// Scopes do not see each other's names. Those of one Session can pass values to each other; those of different sessions,
// such as of a stack and of a test with variables of its own, share only the limit of work.
//
// Start reading at Scope.Value. References to objects are explained in reference.go, sensitive values in secret.go.
package lang
