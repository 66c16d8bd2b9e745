package kind

import (
	"time"

	"ddmon/internal/object"
)

// Kind describes one kind of object. It is shared; nobody changes it.
type Kind struct {
	Name    string // "monitor", "dashboard": the block's and the address's word
	Plural  string // "monitors": in sentences, and the folder of a stack for such blocks
	Version string // hash of the tables, four hex digits: changes when two bodies may compare differently
	Title   string // key of the name a person sees: "name" or "title"
	Body    *Type  // the object's body; its Shape is Object
	Remote  Remote
	Page    string // path of an object's page in Datadog's web application, "/monitors/{id}"
	History History
	// StackTags says that the tags of the stack's block are added to those of each object.
	StackTags bool
	// UpdateMerges says that a top-level key left out of an update keeps its value. Where it is false, an update
	// replaces the whole object.
	UpdateMerges bool
	// RefusesUnknown says that the API refuses an update with a top-level key that it does not accept, so that what ddmon
	// does not know is left out of it. It keeps its value, because such an update merges.
	RefusesUnknown bool
	// Validates says that the API checks a body without storing it (POST Endpoint/validate, Endpoint/ID/validate).
	Validates bool
	// RefusesTwins says that the API refuses to create an object equal to one there is (FINDINGS monitors 8).
	RefusesTwins bool
	Marker       MarkerPlace
	// Implied returns what the server takes a missing value for, where that depends on the rest of the body (the
	// critical threshold is the number in the query). A value that is not missing is not returned.
	Implied func(body map[string]any) []Implied
	// Normalize returns a body in the one of several notations that the server takes for the same in which two
	// bodies can be compared. Nil where there is only one.
	Normalize func(body map[string]any) map[string]any
	// References returns the ids of other objects that a live body mentions, with the kind each id is of. It is
	// ordered by path.
	References func(body map[string]any) []Reference
	// Check finds what the server refuses although each field by itself is valid. Nil where there is nothing to find.
	Check func(body map[string]any) []Problem
	// Over reports whether a desired object belongs to the past, so that there is nothing to do about it. Nil where none does.
	Over func(body map[string]any, now time.Time) bool

	widgets map[string]*Type // of a dashboard: the definition of each type of widget
}

// MarkerPlace reads and writes the marker of ownership at its place in a body. None of its functions changes the
// body it is given.
type MarkerPlace interface {
	// Field is the key of the body that holds the marker, and IsLine reports whether it is a line of a text there; else it
	// consists of tags.
	Field() string
	IsLine() bool
	// Read returns the marker and the body without it.
	Read(body map[string]any) (object.Marker, map[string]any)
	// Write returns the body, which holds no marker, with m in it.
	Write(body map[string]any, m object.Marker) map[string]any
}

// Implied is a value that the server derives.
type Implied struct {
	Path  object.Path
	Value any
}

// Reference is an object mentioned in the body of another.
type Reference struct {
	Path object.Path
	Kind string
	ID   string
}
