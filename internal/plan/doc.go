// Package plan computes what has to be done to Datadog's objects so that they become what a configuration wants.
//
// It is pure: bodies go in, a Plan comes out, which is data through and through (no closures, no colour, no
// clock), so that it can be shown, stored, compared and carried out elsewhere. It knows kinds only through the
// tables of package kind. The entry point is Build; Compare is the heart of it.
package plan
