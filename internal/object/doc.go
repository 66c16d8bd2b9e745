// Package object defines the values that all other packages of ddmon share: the address of an object in a stack, the
// object with its body in the shape of Datadog's JSON, paths into a body, references between objects, and the ownership
// marker, which shows that an object in Datadog belongs to a stack.
//
// It imports no other package of ddmon, does no I/O and does not read the clock. Start reading at Object.
package object
