// Package diag creates diagnostics about the user's input: hcl.Diagnostics with a stable code. Problems of the
// environment (network, disk) are errors, not diagnostics. It neither prints nor exits; package render prints.
//
// Error, Warning and Info create diagnostics, SubRange locates a part of a string in its file, and FindIgnores reads
// ignore and snooze comments.
package diag
