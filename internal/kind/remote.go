package kind

import (
	"regexp"
	"slices"
)

// Remote is what a client of Datadog's API has to know of the requests about a kind. Package ddapi interprets it and names
// no kind itself.
type Remote struct {
	// Path is that of the collection, "/api/v1/monitor". An object is at Path/ID.
	Path string
	// Envelope says where in an answer an object is.
	Envelope Envelope
	// DataType is the type that a JSON:API document names, "downtime".
	DataType string
	// Patch says that an update is a PATCH request, not a PUT.
	Patch bool
	// DeletedSilently says that a deletion is answered without a body.
	DeletedSilently bool
	ID              ID
	List            Listing
	// CanDelete is the parameter with which Path/can_delete takes ids; empty if Datadog does not say what refers to an
	// object of the kind.
	CanDelete string
	// ReadPermission and WritePermission are those that an application key needs.
	ReadPermission, WritePermission string
	// Gone is a field, and the values of it with which an object that is still answered and listed no longer exists.
	Gone Condition
}

// Envelope is what is around an object in an answer and in a request.
type Envelope int

const (
	// Bare is nothing: the answer is the object.
	Bare Envelope = iota
	// Data is an object whose key data holds the object, or a list of that one object. Requests are bare.
	Data
	// JSONAPI is a document of JSON:API, of which data holds id, type and, under attributes, the object. Requests are
	// documents, too.
	JSONAPI
)

// ID is the form of a kind's ids.
type ID struct {
	// Number says that an id is a positive integer.
	Number bool
	// Pattern is what an id that is a string fits.
	Pattern *regexp.Regexp
}

// Listing is how the objects of a kind are listed.
type Listing struct {
	// Key is where the answer has the list; empty if the answer is the list.
	Key string
	// Summaries says that a list holds only summaries, so that each object has to be read by itself.
	Summaries bool
	// TagFilter is the parameter that selects objects with a tag, and NameFilter those whose names contain a text; empty
	// if there is none.
	TagFilter, NameFilter string
	// TagsCombine says that TagFilter takes several tags with commas between them and selects objects with all of them.
	TagsCombine bool
	Paging      Paging
}

// Paging is how a long list is read in several answers.
type Paging struct {
	// From is the parameter that says where a page begins, and Size the one that says how many objects it has.
	From, Size string
	// AfterID says that From is the id after which the page begins, so that nothing is skipped when an object before it
	// is deleted meanwhile. Otherwise it is the number of objects before the page.
	AfterID bool
	// Most is the number of objects to ask for.
	Most int
	// Round is what every limit that the server may have on the length of a page is a multiple of. The limits are not
	// documented, so a page that is shorter than asked for is known to be the last only if its length is not such a multiple.
	Round int
}

// Condition holds for a body whose field has one of some values; the zero Condition holds for none.
type Condition struct {
	Field  string
	Values []string
}

// Holds reports whether the condition holds for a body.
func (c Condition) Holds(body map[string]any) bool {
	value, ok := body[c.Field].(string)
	return ok && slices.Contains(c.Values, value)
}
