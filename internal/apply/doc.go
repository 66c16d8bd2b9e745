// Package apply carries out a plan: it orders the changes by what needs what, works on several at once, fills in ids
// as they become known, and keeps a failure from touching anything but what depends on it.
//
// Before each write it reads the object and stops if that is not what the plan saw: two runs at once, or a person in
// Datadog, are not written over. What remains is the time between that reading and the write, one round trip.
//
// It knows neither files nor HCL nor HTTP, reads no clock and prints nothing: Datadog is a Client, and what happens is
// told in Events. A run that is interrupted at any point leaves things so that the next plan finishes it. The entry
// point is Run; ValidateAll checks the bodies of a plan beforehand.
package apply
