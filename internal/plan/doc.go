// Package plan computes the changes that make Datadog's objects match a configuration.
//
// It is pure: bodies go in, a Plan comes out. A Plan is plain data (no closures, no colour, no clock), so other
// packages can show, store, compare and apply it. The package knows kinds only through the tables of package kind. The
// entry point is Build; Compare is its core.
package plan
