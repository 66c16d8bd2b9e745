// Package object holds the values that every other package of ddmon passes on: the address of an object in a
// stack, the object itself with its body in the shape of Datadog's JSON, paths into a body, references between
// objects, and the marker by which an object in Datadog is known to belong to a stack.
//
// It is a leaf: it imports nothing of ddmon, does no I/O and reads no clock. Start reading at Object.
package object
