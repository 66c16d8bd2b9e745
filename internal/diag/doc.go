// Package diag makes what a person is told about their own input: hcl.Diagnostics with a stable code. A fault of
// the surroundings (network, disk) is an error, never a diagnostic. It neither prints nor exits; render does.
//
// Error, Warning and Info make one, SubRange says where a part of a string stands in its file, and FindWaivers reads
// the comments by which an author accepts what a rule found.
package diag
