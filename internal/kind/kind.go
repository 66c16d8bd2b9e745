package kind

import (
	"time"

	"ddmon/internal/object"
)

// Kind describes one kind of object. It is shared and must not be changed.
type Kind struct {
	Name    string // "monitor", "dashboard": the type of blocks and the first part of addresses
	Plural  string // "monitors": for sentences, and the name of the subfolder of a stack
	Version string // hash of the tables, four hex digits: changes when two bodies could compare differently
	// Terraform are the resources of Datadog's Terraform provider for the kind.
	Terraform []string
	Title     string // the field with the name that Datadog displays: "name" or "title"
	Body      *Type  // the object's body; its Shape is Object
	Remote    Remote
	Page      string // path of an object's page in Datadog's web application, "/monitors/{id}"
	History   History
	// StackTags says that each object gets the stack's tags.
	StackTags bool
	// UpdateMerges says that a top-level field that is not in an update keeps its value. Otherwise, an update replaces
	// the whole object.
	UpdateMerges bool
	// RejectsUnknown says that the API rejects an update with unknown top-level fields, so updates do not contain
	// fields that ddmon does not know. They keep their values, because the update merges.
	RejectsUnknown bool
	// Validates says that the API checks a body without storing it (POST Endpoint/validate, Endpoint/ID/validate).
	Validates bool
	// RejectsDuplicates says that the API rejects creating an object that equals an existing one (FINDINGS monitors 8).
	RejectsDuplicates bool
	Marker            MarkerLocation
	// DerivedFrom says, by top-level field, from which fields Datadog derives its value; it can show what they contain.
	DerivedFrom map[string][]string
	// Implied returns the values that Datadog derives for missing fields from the rest of the body: the critical
	// threshold is the number in the query. It does not return fields that are set.
	Implied func(body map[string]any) []Implied
	// Normalize returns a body in a canonical form for comparisons if Datadog accepts several equivalent forms. Nil if
	// it does not.
	Normalize func(body map[string]any) map[string]any
	// References returns the ids of other objects in a live body, with their kinds, ordered by path.
	References func(body map[string]any) []Reference
	// Check reports bodies that Datadog rejects although each field by itself is valid. Nil if there are no such rules.
	Check func(body map[string]any) []Problem
	// Over reports whether a desired object has ended, so that it is not created or changed any more. Nil if that
	// cannot happen.
	Over func(body map[string]any, now time.Time) bool

	widgets map[string]*Type // of a dashboard: the definition of each type of widget
}

// MarkerLocation reads and writes the ownership marker in a body. Its methods do not change their argument.
type MarkerLocation interface {
	// Field is the field of the body that contains the marker. IsLine reports whether the marker is a line of that
	// string; otherwise it consists of tags.
	Field() string
	IsLine() bool
	// Read returns the marker and the body without it.
	Read(body map[string]any) (object.Marker, map[string]any)
	// Write adds m to a body without a marker.
	Write(body map[string]any, m object.Marker) map[string]any
}

// Implied is a value that Datadog derives.
type Implied struct {
	Path  object.Path
	Value any
}

// Reference is the id of an object in the body of another.
type Reference struct {
	Path object.Path
	Kind string
	ID   string
}
