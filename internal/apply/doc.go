// Package apply applies a plan. It orders the changes by their dependencies, runs several at once, and fills in ids as
// they become known. A failure affects only the changes that depend on it.
//
// Before each write it reads the object and stops if that is not the one that the plan saw, so it does not overwrite
// the changes of a concurrent run or of a user. A race remains for one round trip, between that read and the write.
//
// The package does not depend on files, HCL or HTTP, reads no clock and prints nothing: Datadog is a Client, and
// progress is reported as Events. If a run is interrupted at any point, the next plan finishes it. The entry point is
// Run; ValidateAll validates the bodies of a plan first.
package apply
