package ddquery

import "strings"

// SearchNode is a node of a log search.
type SearchNode interface {
	Node
	search()
}

type (
	// Search is a complete log search. Root is nil for an empty search, which matches everything.
	Search struct {
		Span
		Root SearchNode
	}
	// SearchLogic combines terms. Op is "AND" or "OR". Words has each operator as written, "" for an implicit AND.
	SearchLogic struct {
		Span
		Op    string
		Words []string
		Terms []SearchNode
	}
	// SearchNot excludes X, or requires it if Op is "+". Op is - ! + or NOT.
	SearchNot struct {
		Span
		Op string
		X  SearchNode
	}
	// SearchGroup is (X).
	SearchGroup struct {
		Span
		X SearchNode
	}
	// SearchField is field:X. X is a value or a group of values.
	SearchField struct {
		Span
		Field *Field
		X     SearchNode
	}
	// Field is the searched field: an attribute (@http.url), a reserved attribute (service), a tag key, * or
	// #calculated.
	Field struct {
		Span
		Raw string
		// Kind is FieldAttribute, …; Name has no @ or # and no escapes.
		Kind FieldKind
		Name string
	}
	// Term is a word or, with an unescaped * or ?, a wildcard pattern. Text has no escapes.
	Term struct {
		Span
		Raw, Text string
		Glob      bool
	}
	// Phrase is a string in double quotes. It has no wildcards.
	Phrase struct {
		Span
		Raw, Text string
	}
	// Compare is >=500.
	Compare struct {
		Span
		Op string
		X  *Term
	}
	// Range is [1 TO 5], or {1 TO 5} to exclude its bounds. Low and High are *Term or *Phrase.
	Range struct {
		Span
		LowIncluded, HighIncluded bool
		Low, High                 SearchNode
	}
	// SearchVariable is a dashboard's template variable: $env or $env.value.
	SearchVariable struct {
		Span
		Name  string
		Value bool
	}
	// SearchCall is a function: CIDR(@network.ip, 10.0.0.0/8).
	SearchCall struct {
		Span
		Name *Ident
		Args []*Term
	}
)

func (*SearchLogic) search()    {}
func (*SearchNot) search()      {}
func (*SearchGroup) search()    {}
func (*SearchField) search()    {}
func (*Term) search()           {}
func (*Phrase) search()         {}
func (*Compare) search()        {}
func (*Range) search()          {}
func (*SearchVariable) search() {}
func (*SearchCall) search()     {}

// FieldKind is the kind of a field.
type FieldKind int

// The kinds of field.
const (
	// FieldTag is the key of a tag.
	FieldTag FieldKind = iota
	// FieldReserved is one of host, source, status, service, trace_id, message, timestamp and tags.
	FieldReserved
	// FieldAttribute is @name.
	FieldAttribute
	// FieldCalculated is #name.
	FieldCalculated
	// FieldAll is *, every attribute.
	FieldAll
)

var reservedFields = [...]string{"host", "source", "status", "service", "trace_id", "message", "timestamp", "tags"}

func newField(span Span, raw string) *Field {
	f := &Field{Span: span, Raw: raw, Name: unescape(raw)}
	switch {
	case raw == "*":
		f.Kind = FieldAll
	case raw[0] == '@':
		f.Kind, f.Name = FieldAttribute, f.Name[1:]
	case raw[0] == '#':
		f.Kind, f.Name = FieldCalculated, f.Name[1:]
	}
	for _, name := range reservedFields {
		if raw == name {
			f.Kind = FieldReserved
		}
	}
	return f
}

// unescape removes the backslashes from a search term.
func unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) {
			i++
		}
		b.WriteByte(raw[i])
	}
	return b.String()
}
