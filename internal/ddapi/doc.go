// Package ddapi speaks with Datadog, or with the sandbox in its place: it lists, reads, writes and validates objects
// as raw JSON. Addresses of sites, authentication and the request itself are made by the core of Datadog's own
// client; its typed models are not used, because they cannot read everything that is out there.
//
// A request is made again where that is harmless and may help. Over a rate limit it is, whatever it does, and while
// one waits no other request is sent that counts against the same limit. After an error of the server or a lost answer,
// what reads is repeated, as are PUT and DELETE, which come to the same twice as once. A POST that creates is
// repeated only with a check that looks first whether the object is there. A write that is on its way is heard out,
// also when the context is done.
//
// An answer is material to judge. Its length, nesting and memory have limits (limits.go), what it holds has to have the
// shape that the request is answered with, and what is not an id is never part of a request (ids.go). Everything else is
// an error that a person can read. An object of the stack must hold the JSON type of every field that package kind knows
// (fields.go): one that is read as something else would be changed for the wrong reasons. Objects of others may hold
// anything, so that one of them does not keep a stack from being planned, except where ddmon cannot tell whose an object
// is: its marker cannot be read, and it is listed as the stack's, names the stack, or bears the name of a missing object.
//
// It knows endpoints and markers through package kind and object and nothing of configurations, plans or output.
// It reads no environment and no clock. Every text that comes from outside is cleaned of control characters, and of
// the keys, before it is part of an error or told to Config.Trace. The entry point is New; a Client is safe for
// concurrent use.
package ddapi
