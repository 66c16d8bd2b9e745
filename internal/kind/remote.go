package kind

import (
	"regexp"
	"slices"
)

// Remote describes the API requests for a kind. Package ddapi interprets it and contains no code for specific kinds.
type Remote struct {
	// Path is the path of the collection, "/api/v1/monitor". An object is at Path/ID.
	Path string
	// Envelope is the format of objects in requests and responses.
	Envelope Envelope
	// DataType is the type in a JSON:API document, "downtime".
	DataType string
	// Patch says that an update is a PATCH request instead of a PUT request.
	Patch bool
	// DeletedSilently says that the response to a deletion has no body.
	DeletedSilently bool
	ID              ID
	List            Listing
	// CanDelete is the parameter for ids of Path/can_delete; empty if the API has no such endpoint for the kind.
	CanDelete string
	// ReadPermission and WritePermission are the permissions that an application key needs.
	ReadPermission, WritePermission string
	// Gone matches objects that the API still returns and lists although they no longer exist.
	Gone Condition
}

// Envelope is the format of an object in requests and responses.
type Envelope int

const (
	// Bare has no envelope: the response is the object.
	Bare Envelope = iota
	// Data is an object whose field data is the object or a list with only that object. Requests are bare.
	Data
	// JSONAPI is a JSON:API document: data contains id, type and, under attributes, the object. Requests have the same
	// format.
	JSONAPI
)

// ID is the format of a kind's ids.
type ID struct {
	// Number says that an id is a positive integer.
	Number bool
	// Pattern matches ids that are strings.
	Pattern *regexp.Regexp
}

// hasNumericIDs reports whether the ids of the kind with that name are numbers. Unlike Named, it loads no tables.
func hasNumericIDs(name string) bool { return name == "monitor" }

// Listing describes how to list the objects of a kind.
type Listing struct {
	// Key is the field of the response that contains the list; empty if the response is the list.
	Key string
	// Summaries says that a list contains only summaries, so that each object must be read separately.
	Summaries bool
	// TagFilter is the parameter to filter by tag, and NameFilter the parameter to filter by a part of the name; empty
	// if the API does not have it.
	TagFilter, NameFilter string
	// TagsCombine says that TagFilter accepts several tags separated by commas and selects objects with all of them.
	TagsCombine bool
	Paging      Paging
}

// Paging describes how to read a list page by page.
type Paging struct {
	// From is the parameter for the start of a page, and Size the parameter for its length.
	From, Size string
	// AfterID says that From is the id before the first object of the page, so that a concurrent deletion cannot cause
	// objects to be skipped. Otherwise, From is the number of objects before the page.
	AfterID bool
	// Most is the page length to request.
	Most int
}

// Condition matches bodies whose field has one of the values; the zero Condition matches none.
type Condition struct {
	Field  string
	Values []string
}

// Holds reports whether the condition matches a body.
func (c Condition) Holds(body map[string]any) bool {
	value, ok := body[c.Field].(string)
	return ok && slices.Contains(c.Values, value)
}
